"""What the other side of every benchmark suite shares: it works off requests from standard input, a line each.

    version                  -> what is measured
    threads N                -> ok
    run TIMES CLOCK WORK     -> seconds; CLOCK is "processor" (of the process) or "wall"

A peer.py names its works as the C# files beside it do.
"""
import sys
import time

CLOCKS = {"processor": time.process_time, "wall": time.perf_counter}


def missing(error):
    """Says to the first request that a package is not there."""
    input()
    print("error", error)
    sys.exit(0)


def serve(version, works, set_threads=lambda count: None):
    """version: what is measured; works: by name, a function that gives a function to be timed."""
    ready = {}
    for line in sys.stdin:
        words = line.rstrip("\n").split(" ", 3)
        if words[0] == "version":
            answer = f"{version}, Python {sys.version.split()[0]}"
        elif words[0] == "threads":
            set_threads(int(words[1]))
            answer = "ok"
        elif words[0] == "run" and words[3] in works:
            times, clock, name = int(words[1]), CLOCKS[words[2]], words[3]
            if name not in ready:
                ready[name] = works[name]()
            work = ready[name]
            start = clock()
            for _ in range(times):
                work()
            answer = repr(clock() - start)
        else:
            answer = f"error the request '{line.rstrip()}' is not known"
        print(answer, flush=True)
