# The two regimes of the S&P 500's daily returns of data/, by maximising Hamilton's likelihood with R's optim: the numbers
# of RegimeTests and of the reference checks. From the root of the repository, with Debian's r-base-core:
#   Rscript tests/FinML.Data.Tests/Features/Golden/regimes.R
x <- diff(log(read.csv(gzfile("data/sp500_daily_ohlcv_2000_2020.csv.gz"))[[5]]))
x <- 100 * x
loglik <- function(p, start) { # p: two means, two log volatilities, two logits of staying; start: P(turbulent) at first
  mu <- p[1:2]; sd <- exp(p[3:4]); stay <- plogis(p[5:6])
  d1 <- dnorm(x, mu[1], sd[1]); d2 <- dnorm(x, mu[2], sd[2])
  pred <- start; sum <- 0
  for (t in seq_along(x)) {
    joint <- pred * d2[t]; total <- joint + (1 - pred) * d1[t]
    sum <- sum + log(total)
    filtered <- joint / total
    pred <- filtered * stay[2] + (1 - filtered) * (1 - stay[1])
  }
  sum
}
best <- NULL
for (start in c(0, 1)) { # a free start is at an end of [0, 1]
  fit <- optim(c(0.05, -0.1, log(0.7), log(2), 4, 3), loglik, start = start, method = "BFGS",
               control = list(fnscale = -1, reltol = 1e-14, maxit = 500))
  fit <- optim(fit$par, loglik, start = start, method = "BFGS", control = list(fnscale = -1, reltol = 1e-15, maxit = 500))
  if (is.null(best) || fit$value > best$value) { best <- fit; best$start <- start }
}
p <- best$par
cat(sprintf("start %g\nlog-likelihood (of fractions) %.6f\ncalm %.8f %.8f %.7f\nturbulent %.8f %.8f %.7f\n", best$start,
  best$value + length(x) * log(100), p[1] / 100, exp(p[3]) / 100, plogis(p[5]), p[2] / 100, exp(p[4]) / 100, plogis(p[6])))
