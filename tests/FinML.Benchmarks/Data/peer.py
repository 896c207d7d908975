"""pandas' side of the benchmark suite "data"."""
import io
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "Harness"))
import peer_server

try:
    import pandas
except ImportError as error:
    peer_server.missing(error)


def bars():
    """The text of CsvRows.ReadBars, read with its times as an index."""
    days = pandas.date_range("2000-01-01", periods=50_000, freq="min").strftime("%Y-%m-%d %H:%M:%S")
    lines = ["date,open,high,low,close,volume"]
    for t, day in enumerate(days):
        price = 100 + t * 7919 % 10000 / 100
        lines.append(f"{day},{price:.2f},{price + 1:.2f},{price - 1:.2f},{price + 0.5:.2f},{1000 + t % 997}")
    text = "\n".join(lines).encode()
    return lambda: pandas.read_csv(io.BytesIO(text), parse_dates=["date"], index_col="date")


peer_server.serve(f"pandas {pandas.__version__}", {"read 50,000 bars": bars})
