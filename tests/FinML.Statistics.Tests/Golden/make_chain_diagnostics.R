# Makes chains.csv and chain_diagnostics.csv: Rscript make_chain_diagnostics.R (R 4.2, Debian's r-cran-posterior 1.4.0).
# Four chains of 60 draws: of one distribution, autocorrelated, with one chain elsewhere, heavy-tailed with ties.
library(posterior)
full <- function(x) sprintf("%.17g", x)
set.seed(1)
n <- 60
ar <- function(rho) as.numeric(arima.sim(list(ar = rho), n))
sets <- list(
  independent = replicate(4, rnorm(n)),
  persistent = replicate(4, ar(0.8)),
  apart = cbind(rnorm(n), rnorm(n), rnorm(n), rnorm(n, 3)),
  antithetic = replicate(4, ar(-0.6)),
  ties = replicate(4, round(rt(n, 2))))
chains <- do.call(rbind, lapply(names(sets), function(s)
  data.frame(set = s, chain = rep(1:4, each = n), value = full(as.numeric(sets[[s]])))))
write.table(chains, "chains.csv", sep = ",", row.names = FALSE, quote = FALSE)
values <- do.call(rbind, lapply(names(sets), function(s) {
  x <- sets[[s]]
  data.frame(set = s, rhat = full(rhat(x)), bulk = full(ess_bulk(x)), tail = full(ess_tail(x)),
    error = full(mcse_mean(x)))
}))
write.table(values, "chain_diagnostics.csv", sep = ",", row.names = FALSE, quote = FALSE)
