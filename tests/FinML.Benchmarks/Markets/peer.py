"""NumPy's side of the benchmark suite "markets": works off requests from standard input, a line each.

    version                  -> what is measured
    threads N                -> ok (NumPy's element-wise work uses one)
    run TIMES CLOCK WORK     -> seconds; CLOCK is "processor" (of the process) or "wall"

The names of the works, and what they do, are those of the C# files beside this one.
"""
import sys
import time

try:
    import numpy
except ImportError as missing:
    input()
    print("error", missing)
    sys.exit(0)

CLOCKS = {"processor": time.process_time, "wall": time.perf_counter}
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


def serve():
    ready = {}
    for line in sys.stdin:
        words = line.rstrip("\n").split(" ", 3)
        if words[0] == "version":
            answer = f"NumPy {numpy.__version__}, Python {sys.version.split()[0]}"
        elif words[0] == "threads":
            answer = "ok"
        elif words[0] == "run" and words[3] in WORKS:
            times, clock, name = int(words[1]), CLOCKS[words[2]], words[3]
            if name not in ready:
                ready[name] = WORKS[name]()
            work = ready[name]
            start = clock()
            for _ in range(times):
                work()
            answer = repr(clock() - start)
        else:
            answer = f"error the request '{line.rstrip()}' is not known"
        print(answer, flush=True)


serve()
