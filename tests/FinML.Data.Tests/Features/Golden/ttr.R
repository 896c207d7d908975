# Makes ttr.csv: the indicators of R's package TTR on the S&P 500 of data/. From the root of the repository, with
# Debian's r-base-core and r-cran-ttr:
#   Rscript tests/FinML.Data.Tests/Features/Golden/ttr.R > tests/FinML.Data.Tests/Features/Golden/ttr.csv
suppressMessages(library(TTR))
x <- read.csv(gzfile("data/sp500_daily_ohlcv_2000_2020.csv.gz"))
names(x) <- tolower(names(x))
o <- x$open; h <- x$high; l <- x$low; c <- x$close; v <- x$volume
ohlc <- cbind(o, h, l, c); colnames(ohlc) <- c("Open", "High", "Low", "Close")
hlc <- ohlc[, 2:4]
bands <- BBands(c, n = 20, sd = 2)
macd <- MACD(c, 12, 26, 9, maType = "EMA", percent = FALSE)
obv <- OBV(c, v)
n <- 21
lag <- function(y, k) c(rep(NA, k), head(y, -k))
r <- c(NA, diff(log(c)))
truerange <- ATR(hlc, n = 14, maType = "EMA", wilder = TRUE)
result <- cbind(
  log_return_5 = ROC(c, 5),
  volatility_21 = runSD(r, n), # volatility(calc = "close") takes n - 1 returns
  parkinson_21 = volatility(ohlc, n = n, calc = "parkinson", N = 1),
  garman_klass_21 = volatility(ohlc, n = n, calc = "garman.klass", N = 1),
  rogers_satchell_21 = volatility(ohlc, n = n, calc = "rogers.satchell", N = 1),
  yang_zhang_21 = volatility(ohlc, n = n, calc = "yang.zhang", N = 1),
  rsi_14 = RSI(c, n = 14, maType = "EMA", wilder = TRUE),
  macd_12_26_9 = (macd[, "macd"] - macd[, "signal"]) / c,
  atr_14 = truerange[, "atr"] / c,
  bollinger_position_20 = 2 * bands[, "pctB"] - 1,
  bollinger_width_20 = (bands[, "up"] - bands[, "dn"]) / bands[, "mavg"],
  on_balance_volume_21 = (obv - lag(obv, n)) / runSum(v, n),
  vwap_ratio_21 = log(c / VWAP(rowMeans(hlc), v, n = n)),
  ema_ratio_20 = log(c / EMA(c, 20)),
  ma_ratio_10_50 = log(SMA(c, 10) / SMA(c, 50)),
  drawdown_252 = c / runMax(c, 253) - 1,
  relative_volume_21 = log(v / lag(SMA(v, n), 1)),
  amihud_21 = 1e6 * SMA(abs(r) / (c * v), n),
  momentum_252 = runSum(r, 252) / sqrt(runSum(r^2, 252)),
  roll_spread_21 = 2 * sqrt(pmax(0, -runCov(r, lag(r, 1), n))),
  ewma_volatility_0p94 = sqrt(EMA(r^2, ratio = 0.06)))
rows <- c(1000, 2000, 3000, 4000, nrow(x) - 1) # counted from 0
out <- data.frame(row = rows, format(result[rows + 1, ], digits = 17, scientific = TRUE, trim = TRUE), check.names = FALSE)
write.csv(out, quote = FALSE, row.names = FALSE)
