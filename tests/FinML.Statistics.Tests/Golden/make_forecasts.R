# Golden values of the tests of forecasts: Rscript make_forecasts.R (R 4.2; forecast 8.20, sandwich 3.0-2, goftest 1.2-3).
suppressPackageStartupMessages({library(forecast); library(sandwich); library(goftest)})
full <- function(x) sprintf("%.17g", x)
say <- function(name, x) cat(name, full(x), "\n")

# Nile: naive h-step forecasts against the mean of the 4 latest known values, origin 4 + h.
nile <- as.numeric(Nile); n <- length(nile)
errors <- function(h) {
  t <- (4 + h):n
  list(nile[t] - nile[t - h], nile[t] - sapply(t, function(s) mean(nile[s - h - 0:3])))
}
for (h in c(1, 3)) for (power in 1:2) {
  e <- errors(h)
  d <- dm.test(e[[1]], e[[2]], h = h, power = power)
  say(paste("dm", h, power), c(d$statistic, d$p.value))
  say(paste("dm less", h, power), dm.test(e[[1]], e[[2]], h = h, power = power, alternative = "less")$p.value)
}
# Giacomini-White: n zbar' Omega^-1 zbar, Omega uncentred with Bartlett weights to h - 1.
gw <- function(d, Z, h) {
  z <- Z * d; m <- nrow(z); S <- crossprod(z) / m
  if (h > 1) for (j in 1:(h - 1)) { g <- crossprod(z[-(1:j), , drop = FALSE], z[1:(m - j), , drop = FALSE]) / m
    S <- S + (1 - j / h) * (g + t(g)) }
  s <- m * colMeans(z) %*% solve(S, colMeans(z)); c(s, pchisq(s, ncol(z), lower.tail = FALSE))
}
for (h in c(1, 3)) {
  e <- errors(h); d <- e[[1]]^2 - e[[2]]^2; m <- length(d)
  say(paste("gw", h), gw(d[-(1:h)], cbind(1, d[1:(m - h)]), h))
  say(paste("gw constant", h), gw(d, matrix(1, m, 1), h))
}
# Clark-West: small = mean so far, large = regression on the last value so far.
t <- 21:n
small <- sapply(t, function(s) mean(nile[1:(s - 1)]))
large <- sapply(t, function(s) { f <- lm(nile[2:(s - 1)] ~ nile[1:(s - 2)]); sum(coef(f) * c(1, nile[s - 1])) })
f <- (nile[t] - small)^2 - ((nile[t] - large)^2 - (small - large)^2)
m <- lm(f ~ 1)
say("cw 1", c(coef(m), sqrt(vcov(m)), pnorm(coef(m) / sqrt(vcov(m)), lower.tail = FALSE)))
v <- NeweyWest(m, lag = 2, prewhite = FALSE)
say("cw 3", c(sqrt(v), pnorm(coef(m) / sqrt(v), lower.tail = FALSE)))
# CRPS by integration.
crps <- function(y, mu, s) integrate(function(x) (pnorm(x, mu, s) - (x >= y))^2, -20, y, rel.tol = 1e-12)$value +
  integrate(function(x) (pnorm(x, mu, s) - (x >= y))^2, y, 20, rel.tol = 1e-12)$value
say("crps normal", c(crps(0.3, 0, 1), crps(-2, 0.5, 0.7), crps(4, 1, 2)))
x <- c(1.2, -0.4, 0.9, 2.5, 0.1); y <- 0.7
say("crps edf fair", c(mean(abs(x - y)) - sum(abs(outer(x, x, "-"))) / 50, mean(abs(x - y)) - sum(abs(outer(x, x, "-"))) / 40))
# Coverage: daily 5 % value at risk of the DAX from the last 20 squared returns.
r <- diff(log(EuStockMarkets[, "DAX"])); T <- length(r)
sigma <- sapply(21:T, function(s) sqrt(mean(r[(s - 20):(s - 1)]^2))); q <- -qnorm(0.95) * sigma
hit <- as.numeric(r[21:T] < q); m <- length(hit); p <- 0.05
g0 <- 2 * (dbinom(sum(hit), m, mean(hit), log = TRUE) - dbinom(sum(hit), m, p, log = TRUE))
say("kupiec", c(sum(hit), m, g0, pchisq(g0, 1, lower.tail = FALSE)))
mk <- glm(hit[-1] ~ hit[-m], family = binomial, control = list(epsilon = 1e-14)); gi <- mk$null.deviance - mk$deviance
say("christoffersen", c(gi, pchisq(gi, 1, lower.tail = FALSE), g0 + gi, pchisq(g0 + gi, 2, lower.tail = FALSE)))
e <- embed(hit - p, 5); X <- cbind(1, e[, -1], q[5:m]); b <- qr.solve(X, e[, 1])
dq <- sum((X %*% b)^2) / (p * (1 - p)); say("dq", c(dq, pchisq(dq, 6, lower.tail = FALSE)))
X <- X[, 1:5]; b <- qr.solve(X, e[, 1]); dq <- sum((X %*% b)^2) / (p * (1 - p))
say("dq no forecast", c(dq, pchisq(dq, 5, lower.tail = FALSE)))
# Probability integral transforms of the same forecasts.
u <- pnorm(as.numeric(r[21:T]) / sigma)
a <- ad.test(u, "punif"); say("ad", c(a$statistic, a$p.value))
a <- ad.test(u[1:40], "punif"); say("ad 40", c(a$statistic, a$p.value))
v <- pnorm(scale(lh)); a <- ad.test(v, "punif"); say("ad lh", c(a$statistic, a$p.value))
z <- qnorm(u)
f <- arima(z, c(1, 0, 0), method = "ML", optim.control = list(reltol = 1e-15)); f0 <- arima(z, c(0, 0, 0), method = "ML")
s <- 2 * (f$loglik - sum(dnorm(z, log = TRUE))); i <- 2 * (f$loglik - f0$loglik)
say("berkowitz", c(s, pchisq(s, 3, lower.tail = FALSE), i, pchisq(i, 1, lower.tail = FALSE), coef(f)))
# ICIR: any series in (-1, 1) will do.
ic <- as.numeric(lh - 2.2) / 4; m <- lm(ic ~ 1)
say("icir", c(mean(ic), sd(ic), mean(ic) / sd(ic), sqrt(NeweyWest(m, lag = 3, prewhite = FALSE, adjust = TRUE))))
