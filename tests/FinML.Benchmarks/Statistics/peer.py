"""SciPy's side of the benchmark suite "statistics"."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "Harness"))
import peer_server

try:
    import numpy
    import scipy.stats
except ImportError as error:
    peer_server.missing(error)


def iid_mean():
    """Percentile interval of a mean: 2,000 values, 10,000 resamples, in batches that stay in the cache."""
    values = numpy.random.default_rng(1).standard_normal(2000)
    return lambda: scipy.stats.bootstrap(
        (values,), numpy.mean, n_resamples=10_000, batch=100, method="percentile", random_state=1)


def iid_sharpe():
    """BCa interval of a Sharpe ratio, computed for whole batches at once."""
    values = numpy.random.default_rng(1).standard_normal(2000)

    def sharpe(sample, axis):
        return numpy.mean(sample, axis=axis) / numpy.std(sample, axis=axis, ddof=1)

    return lambda: scipy.stats.bootstrap(
        (values,), sharpe, n_resamples=10_000, batch=100, method="BCa", random_state=1)


peer_server.serve(f"SciPy {scipy.__version__}", {
    "iid bootstrap of a mean, n 2,000, B 10,000": iid_mean,
    "iid BCa of a Sharpe ratio, n 2,000, B 10,000": iid_sharpe,
})
