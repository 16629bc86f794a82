"""N-body: the sun and four planets pull on each other, in steps of a hundredth of a day."""

from __future__ import annotations

import math

STEPS = 4000


class Body:
    """A mass with a place and a speed."""

    x: float
    y: float
    z: float
    vx: float
    vy: float
    vz: float
    mass: float

    def __init__(
        self, x: float, y: float, z: float, vx: float, vy: float, vz: float, mass: float
    ) -> None:
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx
        self.vy = vy
        self.vz = vz
        self.mass = mass


def system() -> list[Body]:
    """Return bodies whose momentum is zero together."""
    pi = math.pi
    days = 365.24
    sun = 4 * pi * pi
    bodies = [
        Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, sun),
        Body(
            4.84143144246472090,
            -1.16032004402742839,
            -0.103622044471123109,
            0.00166007664274403694 * days,
            0.00769901118419740425 * days,
            -0.0000690460016972063023 * days,
            0.000954791938424326609 * sun,
        ),
        Body(
            8.34336671824457987,
            4.12479856412430479,
            -0.403523417114321381,
            -0.00276742510726411221 * days,
            0.00499852801234917238 * days,
            0.0000230417297573763929 * days,
            0.000285885980666130812 * sun,
        ),
        Body(
            12.8943695621391310,
            -15.1111514016986312,
            -0.223307578892655734,
            0.00296460137564761618 * days,
            0.00237847173959480950 * days,
            -0.0000296589568540237556 * days,
            0.0000436624404335156298 * sun,
        ),
        Body(
            15.3796971148509165,
            -25.9193146099879641,
            0.179258772950371181,
            0.00268067772490389322 * days,
            0.00162824170038242295 * days,
            -0.0000951592254519715870 * days,
            0.0000515138902046611451 * sun,
        ),
    ]
    for body in bodies:
        bodies[0].vx -= body.vx * body.mass / sun
        bodies[0].vy -= body.vy * body.mass / sun
        bodies[0].vz -= body.vz * body.mass / sun
    return bodies


def advance(bodies: list[Body], dt: float) -> None:
    for i in range(len(bodies)):
        a = bodies[i]
        for j in range(i + 1, len(bodies)):
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            squared = dx * dx + dy * dy + dz * dz
            magnitude = dt / (squared * math.sqrt(squared))
            a.vx -= dx * b.mass * magnitude
            a.vy -= dy * b.mass * magnitude
            a.vz -= dz * b.mass * magnitude
            b.vx += dx * a.mass * magnitude
            b.vy += dy * a.mass * magnitude
            b.vz += dz * a.mass * magnitude
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def energy(bodies: list[Body]) -> float:
    total = 0.0
    for i in range(len(bodies)):
        a = bodies[i]
        total += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j in range(i + 1, len(bodies)):
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            total -= a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def run(rounds: int) -> int:
    """Return the energy in billionths after 4000 steps a round."""
    bodies = system()
    for _ in range(rounds * STEPS):
        advance(bodies, 0.01)
    return int(energy(bodies) * 1e9)
