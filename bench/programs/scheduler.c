/* A scheduler: tasks of several kinds wait in a heap by priority, and each turn runs the first. */

#include "program.h"

#define TURNS 20000

struct task;

struct kind {
    int64_t (*step)(struct task *self, int64_t now);
};

struct task {
    const struct kind *kind;
    int64_t priority, number, work;
};

struct periodic {
    struct task task;
    int64_t period;
};

static int64_t batch_step(struct task *self, int64_t now)
{
    (void)now;
    self->work += 10;
    return 50 + self->number % 7;
}

static int64_t interactive_step(struct task *self, int64_t now)
{
    self->work += 1;
    return 5 + now % 11;
}

static int64_t periodic_step(struct task *self, int64_t now)
{
    (void)now;
    struct periodic *periodic = (struct periodic *)self;
    self->work += periodic->period / 4;
    return periodic->period;
}

static const struct kind BATCH = {batch_step};
static const struct kind INTERACTIVE = {interactive_step};
static const struct kind PERIODIC = {periodic_step};

static bool is_less(const struct task *a, const struct task *b)
{
    if (a->priority != b->priority)
        return a->priority < b->priority;
    return a->number < b->number;
}

struct queue {
    struct task **tasks;
    size_t count, capacity;
};

static void push(struct queue *self, struct task *task)
{
    if (self->count == self->capacity) {
        self->capacity = self->capacity == 0 ? 16 : 2 * self->capacity;
        self->tasks = realloc(self->tasks, self->capacity * sizeof(struct task *));
    }
    struct task **tasks = self->tasks;
    size_t at = self->count++;
    while (at > 0) {
        size_t parent = (at - 1) / 2;
        if (!is_less(task, tasks[parent]))
            break;
        tasks[at] = tasks[parent];
        at = parent;
    }
    tasks[at] = task;
}

static struct task *pop(struct queue *self)
{
    struct task **tasks = self->tasks;
    struct task *last = tasks[--self->count];
    if (self->count == 0)
        return last;
    struct task *first = tasks[0];
    size_t at = 0;
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= self->count)
            break;
        if (child + 1 < self->count && is_less(tasks[child + 1], tasks[child]))
            child++;
        if (!is_less(tasks[child], last))
            break;
        tasks[at] = tasks[child];
        at = child;
    }
    tasks[at] = last;
    return first;
}

static struct task *make_task(int64_t number)
{
    if (number % 3 == 2) {
        struct periodic *periodic = malloc(sizeof *periodic);
        *periodic = (struct periodic){{&PERIODIC, number * 2, number, 0}, 20 + number};
        return &periodic->task;
    }
    struct task *task = malloc(sizeof *task);
    if (number % 3 == 0)
        *task = (struct task){&BATCH, number * 5, number, 0};
    else
        *task = (struct task){&INTERACTIVE, number * 3, number, 0};
    return task;
}

int64_t run(int64_t rounds)
{
    int64_t total = 0;
    for (int64_t round = 0; round < rounds; round++) {
        struct queue queue = {0};
        for (int64_t number = 0; number < 100 + round % 5; number++)
            push(&queue, make_task(number));
        for (int64_t turn = 0; turn < TURNS; turn++) {
            struct task *task = pop(&queue);
            task->priority += task->kind->step(task, turn);
            push(&queue, task);
        }
        while (queue.count > 0) {
            struct task *task = pop(&queue);
            total = (total * 31 + task->work) % 1000000007;
            free(task);
        }
        free(queue.tasks);
    }
    return total;
}
