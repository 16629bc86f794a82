/* A red-black tree of timers: intrusive links, so that nothing is allocated. */

#include "xorshift.h"

#define TIMERS 1024

enum { LEFT, RIGHT };

struct link {
    struct link *parent;
    struct link *child[2];
    bool is_red;
};

struct timer {
    u64 deadline;
    struct link link;
};

struct tree {
    struct link *root;
};

static struct timer timers[TIMERS];
static struct tree tree;

static u64 deadline_of(const struct link *link)
{
    return ((const struct timer *)((const char *)link - offsetof(struct timer, link)))->deadline;
}

static struct link *find(struct tree *tree, u64 deadline)
{
    struct link *node = tree->root;
    while (node != NULL && deadline_of(node) != deadline)
        node = node->child[deadline_of(node) < deadline];
    return node;
}

static struct link *leftmost(struct link *node)
{
    while (node->child[LEFT] != NULL)
        node = node->child[LEFT];
    return node;
}

static u64 first_deadline(struct tree *tree)
{
    return tree->root != NULL ? deadline_of(leftmost(tree->root)) : 0;
}

static bool is_black(const struct link *node)
{
    return node == NULL || !node->is_red;
}

static u64 side_of(const struct link *node, const struct link *parent)
{
    return parent->child[RIGHT] == node;
}

static void replace(struct tree *tree, struct link *node, struct link *other)
{
    struct link *parent = node->parent;
    if (parent == NULL)
        tree->root = other;
    else
        parent->child[side_of(node, parent)] = other;
    if (other != NULL)
        other->parent = parent;
}

static void rotate(struct tree *tree, struct link *node, u64 side)
{
    struct link *riser = node->child[1 - side];
    struct link *inner = riser->child[side];
    node->child[1 - side] = inner;
    if (inner != NULL)
        inner->parent = node;
    replace(tree, node, riser);
    riser->child[side] = node;
    node->parent = riser;
}

static void part_reds(struct tree *tree, struct link *node)
{
    struct link *parent = node->parent;
    while (parent != NULL && parent->is_red) {
        struct link *grandparent = parent->parent;
        u64 side = side_of(parent, grandparent);
        struct link *uncle = grandparent->child[1 - side];
        if (uncle != NULL && uncle->is_red) {
            parent->is_red = false;
            uncle->is_red = false;
            grandparent->is_red = true;
            node = grandparent;
        } else {
            if (side_of(node, parent) != side) {
                rotate(tree, parent, side);
                parent = node;
            }
            parent->is_red = false;
            grandparent->is_red = true;
            rotate(tree, grandparent, 1 - side);
            break;
        }
        parent = node->parent;
    }

    if (tree->root != NULL)
        tree->root->is_red = false;
}

static void restore_black(struct tree *tree, struct link *node, struct link *parent)
{
    while (parent != NULL && is_black(node)) {
        u64 side = parent->child[RIGHT] == node;
        struct link *sibling = parent->child[1 - side];
        if (sibling->is_red) {
            sibling->is_red = false;
            parent->is_red = true;
            rotate(tree, parent, side);
            sibling = parent->child[1 - side];
        }

        if (is_black(sibling->child[LEFT]) && is_black(sibling->child[RIGHT])) {
            sibling->is_red = true;
            node = parent;
            parent = node->parent;
            continue;
        }

        if (is_black(sibling->child[1 - side])) {
            sibling->is_red = true;
            struct link *near = sibling->child[side];
            near->is_red = false;
            rotate(tree, sibling, 1 - side);
            sibling = near;
        }
        sibling->child[1 - side]->is_red = false;
        sibling->is_red = parent->is_red;
        parent->is_red = false;
        rotate(tree, parent, side);
        return;
    }

    if (node != NULL)
        node->is_red = false;
}

static void insert(struct tree *tree, struct link *link)
{
    struct link *parent = NULL;
    u64 side = LEFT;
    struct link *node = tree->root;
    while (node != NULL) {
        parent = node;
        side = deadline_of(node) <= deadline_of(link);
        node = node->child[side];
    }

    link->parent = parent;
    link->child[LEFT] = NULL;
    link->child[RIGHT] = NULL;
    link->is_red = true;
    if (parent == NULL)
        tree->root = link;
    else
        parent->child[side] = link;
    part_reds(tree, link);
}

static void remove(struct tree *tree, struct link *link)
{
    struct link *left = link->child[LEFT];
    struct link *right = link->child[RIGHT];
    struct link *moved;
    struct link *parent;
    bool lost_black;
    if (left == NULL || right == NULL) {
        moved = left == NULL ? right : left;
        parent = link->parent;
        lost_black = !link->is_red;
        replace(tree, link, moved);
    } else {
        struct link *heir = leftmost(right);
        moved = heir->child[RIGHT];
        parent = heir->parent;
        lost_black = !heir->is_red;
        if (parent == link) {
            parent = heir;
        } else {
            replace(tree, heir, moved);
            heir->child[RIGHT] = right;
            right->parent = heir;
        }
        replace(tree, link, heir);
        heir->child[LEFT] = left;
        left->parent = heir;
        heir->is_red = link->is_red;
    }

    if (lost_black)
        restore_black(tree, moved, parent);
}

u64 run(u64 rounds)
{
    struct xorshift random = {88172645463325252};
    u64 total = 0;
    for (u64 round = 0; round < rounds; round++) {
        for (u64 i = 0; i < TIMERS; i++) {
            timers[i].deadline = xorshift_next(&random) >> 52;
            insert(&tree, &timers[i].link);
        }
        for (u64 i = 0; i < 2 * TIMERS; i++)
            total += find(&tree, xorshift_next(&random) >> 52) != NULL;
        for (u64 i = 0; i < TIMERS; i++) {
            remove(&tree, &timers[(i * 5) % TIMERS].link);
            total = (total << 1 | total >> 63) ^ first_deadline(&tree);
        }
    }
    return total;
}
