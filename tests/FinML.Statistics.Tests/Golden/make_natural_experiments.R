# Makes event_returns.csv, event_study.csv, staggered.csv and staggered_twoway.csv: Rscript make_natural_experiments.R (R 4.2
# with Debian's r-cran-sandwich 3.0). The event study is written out from lm, the tests from their definitions.
library(sandwich)
full <- function(x) sprintf("%.17g", x)
set.seed(3)
n <- 6; L <- 60; before <- 3; W <- 8
market <- rnorm(L + W, 0, 0.01)
returns <- sapply(1:n, function(i) 0.0002 + (0.5 + 0.2 * i) * market + rnorm(L + W, 0, 0.01 + 0.003 * i))
returns[L + before + 1, ] <- returns[L + before + 1, ] + 0.02
colnames(returns) <- paste0("s", 1:n)
out <- data.frame(market = full(market), apply(returns, 2, full))
write.table(out, "event_returns.csv", sep = ",", row.names = FALSE, quote = FALSE)
est <- 1:L; win <- L + 1:W
fits <- lapply(1:n, function(i) lm(returns[est, i] ~ market[est]))
ar <- sapply(1:n, function(i) returns[win, i] - cbind(1, market[win]) %*% coef(fits[[i]]))
row <- list()
add <- function(name, value) row[[name]] <<- value
for (w in list(c(0, 0), c(-1, 2))) {
  key <- paste0(w[1], "..", w[2], ":")
  at <- (w[1]:w[2]) + before + 1
  car <- colSums(ar[at, , drop = FALSE])
  sdcar <- sapply(fits, function(f) {
    X <- model.matrix(f); x <- colSums(cbind(1, market[win])[at, , drop = FALSE])
    summary(f)$sigma * sqrt(length(at) + drop(t(x) %*% solve(crossprod(X)) %*% x))
  })
  scar <- car / sdcar
  add(paste0(key, "mean"), mean(car))
  add(paste0(key, "cross-sectional"), mean(car) / (sd(car) / sqrt(n)))
  add(paste0(key, "Patell"), sum(scar) / sqrt(n * (L - 2) / (L - 4)))
  bmp <- mean(scar) / (sd(scar) / sqrt(n))
  add(paste0(key, "Boehmer-Musumeci-Poulsen"), bmp)
  R <- cor(sapply(fits, residuals)); r <- mean(R[upper.tri(R)])
  add(paste0(key, "Kolari-Pynnonen"), bmp * sqrt((1 - r) / (1 + (n - 1) * r)))
  p <- mean(sapply(fits, function(f) mean(residuals(f) > 0)))
  add(paste0(key, "generalised sign"), (sum(car > 0) - n * p) / sqrt(n * p * (1 - p)))
  ranks <- sapply(1:n, function(i) rank(c(residuals(fits[[i]]), ar[, i])) / (L + W + 1))
  k <- rowMeans(ranks - 0.5)
  add(paste0(key, "Corrado rank"), sqrt(length(at)) * mean(k[L + at]) / sqrt(mean(k^2)))
}
write.table(data.frame(name = names(row), value = full(unlist(row))), "event_study.csv", sep = ",", row.names = FALSE,
  quote = FALSE)
# Staggered adoption, unbalanced: two-way fixed effects by dummies, errors clustered by unit, G / (G - 1) and
# (n - 1) / (n - 1 - periods): unit effects lie within clusters and are not counted.
units <- 12; periods <- 7
d <- expand.grid(unit = 1:units, period = 2001:2007)
first <- c(2003, 2003, 2003, 2005, 2005, 2006, rep(NA, 6))
d$treated <- as.integer(!is.na(first[d$unit]) & d$period >= first[d$unit])
d$y <- 0.3 * d$unit + 0.1 * (d$period - 2000)^1.5 + d$treated * (1 + 0.2 * (d$period - 2000)) + rnorm(nrow(d), 0, 0.5)
d <- d[-c(5, 40, 77), ]
write.table(transform(d, y = full(y)), "staggered.csv", sep = ",", row.names = FALSE, quote = FALSE)
f <- lm(y ~ treated + factor(unit) + factor(period), d)
v <- vcovCL(f, d$unit, type = "HC0", cadjust = FALSE)["treated", "treated"]
se <- sqrt(v * units / (units - 1) * (nrow(d) - 1) / (nrow(d) - 1 - periods))
write.table(data.frame(effect = full(coef(f)["treated"]), se = full(se)), "staggered_twoway.csv", sep = ",",
  row.names = FALSE, quote = FALSE)
