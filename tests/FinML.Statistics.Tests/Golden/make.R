# Makes the fixtures of this folder from R's own data sets: Rscript make.R (R 4.2).
# The file ledoit_wolf_mutual_funds.csv holds the two mutual-fund series (120 months, per cent) that Ledoit and Wolf
# publish with their 2008 paper on testing with the Sharpe ratio; it is not made here.
# The file hamilton_gnp.csv holds the growth of US real GNP, per cent a quarter, 1951:2-1984:4, of Hamilton (1989), as
# statsmodels' tests have it (tsa/regime_switching/tests/test_markov_autoregression.py); danish_fire.csv: make_extremes.R.
write <- function(x, file) write.table(x, file, sep = ",", row.names = FALSE, quote = FALSE)
full <- function(x) sprintf("%.17g", x)
r <- diff(log(EuStockMarkets))
write(data.frame(dax = full(r[, "DAX"]), ftse = full(r[, "FTSE"])), "eu_log_returns.csv")
write(data.frame(lh = full(lh)), "lh.csv")
write(data.frame(nile = full(Nile)), "nile.csv")
write(data.frame(sunspots = full(sunspot.year)), "sunspot_year.csv")
