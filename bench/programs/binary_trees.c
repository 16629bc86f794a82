/* Binary trees: makes full trees of many depths, counts their nodes and lets go of them. */

#include "program.h"

#define DEPTH 12

struct node {
    struct node *left, *right;
};

static struct node *grow(int64_t depth)
{
    struct node *node = malloc(sizeof *node);
    if (depth == 0) {
        node->left = node->right = NULL;
    } else {
        node->left = grow(depth - 1);
        node->right = grow(depth - 1);
    }
    return node;
}

static int64_t count(const struct node *node)
{
    int64_t total = 1;
    if (node->left != NULL)
        total += count(node->left);
    if (node->right != NULL)
        total += count(node->right);
    return total;
}

static void cut(struct node *node)
{
    if (node == NULL)
        return;
    cut(node->left);
    cut(node->right);
    free(node);
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        struct node *kept = grow(DEPTH);
        for (int64_t depth = 4; depth < DEPTH; depth += 4) {
            for (int64_t i = 0; i < 1 << (DEPTH - depth); i++) {
                struct node *tree = grow(depth);
                total += count(tree);
                cut(tree);
            }
        }
        total += count(kept);
        cut(kept);
    }
    return total;
}
