/* N-body: the sun and four planets pull on each other, in steps of a hundredth of a day. */

#include "program.h"

#include <math.h>

#define PI 3.141592653589793
#define DAYS 365.24
#define SUN (4 * PI * PI)
#define BODIES 5
#define STEPS 4000

struct body {
    double x, y, z, vx, vy, vz, mass;
};

static const struct body AT_START[BODIES] = {
    {0, 0, 0, 0, 0, 0, SUN},
    {4.84143144246472090, -1.16032004402742839, -0.103622044471123109,
     0.00166007664274403694 * DAYS, 0.00769901118419740425 * DAYS,
     -0.0000690460016972063023 * DAYS, 0.000954791938424326609 * SUN},
    {8.34336671824457987, 4.12479856412430479, -0.403523417114321381,
     -0.00276742510726411221 * DAYS, 0.00499852801234917238 * DAYS,
     0.0000230417297573763929 * DAYS, 0.000285885980666130812 * SUN},
    {12.8943695621391310, -15.1111514016986312, -0.223307578892655734,
     0.00296460137564761618 * DAYS, 0.00237847173959480950 * DAYS,
     -0.0000296589568540237556 * DAYS, 0.0000436624404335156298 * SUN},
    {15.3796971148509165, -25.9193146099879641, 0.179258772950371181,
     0.00268067772490389322 * DAYS, 0.00162824170038242295 * DAYS,
     -0.0000951592254519715870 * DAYS, 0.0000515138902046611451 * SUN},
};

static void advance(struct body *bodies, int count, double dt)
{
    for (int i = 0; i < count; i++) {
        struct body *a = &bodies[i];
        for (int j = i + 1; j < count; j++) {
            struct body *b = &bodies[j];
            double dx = a->x - b->x;
            double dy = a->y - b->y;
            double dz = a->z - b->z;
            double squared = dx * dx + dy * dy + dz * dz;
            double magnitude = dt / (squared * sqrt(squared));
            a->vx -= dx * b->mass * magnitude;
            a->vy -= dy * b->mass * magnitude;
            a->vz -= dz * b->mass * magnitude;
            b->vx += dx * a->mass * magnitude;
            b->vy += dy * a->mass * magnitude;
            b->vz += dz * a->mass * magnitude;
        }
    }
    for (int i = 0; i < count; i++) {
        struct body *body = &bodies[i];
        body->x += dt * body->vx;
        body->y += dt * body->vy;
        body->z += dt * body->vz;
    }
}

static double energy(const struct body *bodies, int count)
{
    double total = 0;
    for (int i = 0; i < count; i++) {
        const struct body *a = &bodies[i];
        total += 0.5 * a->mass * (a->vx * a->vx + a->vy * a->vy + a->vz * a->vz);
        for (int j = i + 1; j < count; j++) {
            const struct body *b = &bodies[j];
            double dx = a->x - b->x;
            double dy = a->y - b->y;
            double dz = a->z - b->z;
            total -= a->mass * b->mass / sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return total;
}

int64_t run(int64_t rounds)
{
    struct body bodies[BODIES];
    memcpy(bodies, AT_START, sizeof bodies);
    for (int i = 0; i < BODIES; i++) {
        bodies[0].vx -= bodies[i].vx * bodies[i].mass / SUN;
        bodies[0].vy -= bodies[i].vy * bodies[i].mass / SUN;
        bodies[0].vz -= bodies[i].vz * bodies[i].mass / SUN;
    }
    for (int64_t step = 0; step < rounds * STEPS; step++)
        advance(bodies, BODIES, 0.01);
    return (int64_t)(energy(bodies, BODIES) * 1e9);
}
