"""NumPy's side of the benchmark suite "markets"."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "Harness"))
import peer_server

try:
    import numpy
except ImportError as error:
    peer_server.missing(error)

ENVIRONMENTS = 1024


def cart_poles():
    """One step of CartPole-v1 in each environment: the equations as arrays, ended episodes started anew."""
    random = numpy.random.default_rng(1)
    actions = random.integers(0, 2, (16, ENVIRONMENTS))
    state = random.uniform(-0.05, 0.05, (4, ENVIRONMENTS))
    steps = numpy.zeros(ENVIRONMENTS, dtype=numpy.int64)
    final = numpy.zeros((ENVIRONMENTS, 4), dtype=numpy.float32)
    count = 0

    def step():
        nonlocal count
        x, v, angle, speed = state
        force = numpy.where(actions[count % 16] == 1, 10.0, -10.0)
        count += 1
        sine, cosine = numpy.sin(angle), numpy.cos(angle)
        common = (force + 0.05 * speed * speed * sine) / 1.1
        angular = (9.8 * sine - cosine * common) / (0.5 * (4 / 3 - 0.1 * cosine * cosine / 1.1))
        acceleration = common - 0.05 * angular * cosine / 1.1
        state[0], state[1] = x + 0.02 * v, v + 0.02 * acceleration
        state[2], state[3] = angle + 0.02 * speed, speed + 0.02 * angular
        steps[:] += 1
        terminated = (numpy.abs(state[0]) > 2.4) | (numpy.abs(state[2]) > 12 * 2 * numpy.pi / 360)
        truncated = ~terminated & (steps >= 500)
        reward = numpy.ones(ENVIRONMENTS)
        observation = state.T.astype(numpy.float32)
        ended = numpy.flatnonzero(terminated | truncated)
        final[ended] = observation[ended]
        state[:, ended] = random.uniform(-0.05, 0.05, (4, len(ended)))
        steps[ended] = 0
        observation[ended] = state.T[ended]
        return observation, reward, terminated, truncated

    return step


WORKS = {"CartPole, 1024 together": cart_poles}

peer_server.serve(f"NumPy {numpy.__version__}", WORKS)
