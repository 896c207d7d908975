# Golden values of the regression tests, and their samples: Rscript make_regression.R (R 4.2; sandwich 3.0-2).
# investment.csv: Greene (1993), U.S. investment 1964-1982, real; petersen.csv: Petersen's simulated panel of 500 firms and
# 10 years, to the 9 digits of its single precision. Both belong in src/FinML.Verification/Samples.
library(sandwich)
full <- function(x) sprintf("%.17g", x)
write <- function(x, file) write.table(x, file, sep = ",", row.names = FALSE, quote = FALSE)
say <- function(name, x) cat(name, full(x), "\n")
data("Investment"); data("PetersenCL")
inv <- as.data.frame(Investment)[-1, ] # the real rate of 1963 is missing
write(data.frame(RealInv = full(inv$RealInv), RealGNP = full(inv$RealGNP), RealInt = full(inv$RealInt)), "investment.csv")
write(data.frame(firm = PetersenCL$firm, year = PetersenCL$year, x = sprintf("%.9g", PetersenCL$x),
                 y = sprintf("%.9g", PetersenCL$y)),
      "petersen.csv")
se <- function(v) sqrt(diag(v))
m <- lm(RealInv ~ RealGNP + RealInt, data = inv)
for (type in c("const", "HC0", "HC1", "HC2", "HC3")) say(type, se(vcovHC(m, type)))
say("NW4", se(NeweyWest(m, lag = 4, prewhite = FALSE)))
say("NW4 adjust prewhite", se(NeweyWest(m, lag = 4, prewhite = TRUE, adjust = TRUE)))
say("NW auto prewhite", se(NeweyWest(m)))
say("NW auto", se(NeweyWest(m, prewhite = FALSE)))
for (kernel in c("Truncated", "Bartlett", "Parzen", "Quadratic Spectral")) {
  for (w in 0:1) {
    say(paste(kernel, "Andrews bw prewhite", w), bwAndrews(m, kernel = kernel, prewhite = w))
    say(paste(kernel, "Andrews prewhite", w), se(kernHAC(m, kernel = kernel, prewhite = w)))
  }
}
for (kernel in c("Parzen", "Quadratic Spectral"))
  say(paste(kernel, "NeweyWest bw"), c(bwNeweyWest(m, kernel = kernel), se(kernHAC(m, kernel = kernel, bw = bwNeweyWest))))
w <- lm(RealInv ~ RealGNP + RealInt, data = inv, weights = 2:20)
say("wls", c(coef(w), se(vcov(w)), summary(w)$r.squared, summary(w)$adj.r.squared, summary(w)$fstatistic[1]))
for (type in c("HC0", "HC2", "HC3")) say(paste("wls", type), se(vcovHC(w, type)))
say("lm", c(coef(m), summary(m)$r.squared, summary(m)$adj.r.squared, summary(m)$fstatistic[1], summary(m)$sigma))
say("p", summary(m)$coefficients[, 4])
library(lmtest)
say("wald HC1", unlist(waldtest(m, vcov = vcovHC(m, "HC1"))[2, 3:4]))
p <- lm(y ~ x, data = PetersenCL)
say("ols", se(vcov(p)))
say("firm", se(vcovCL(p, ~firm)))
say("year", se(vcovCL(p, ~year)))
say("both", se(vcovCL(p, ~firm + year)))
say("firm HC0 no cadjust", se(vcovCL(p, ~firm, type = "HC0", cadjust = FALSE)))
# nist.csv: the data of NIST's Statistical Reference Datasets (US government, public domain): univariate Lew, Lottery,
# Mavro, Michelso (as in mathnet/mathnet-numerics data/NIST), analysis of variance AtmWtAg, SiRstv (as in scipy).
say("anova PlantGrowth", unlist(summary(aov(weight ~ group, PlantGrowth))[[1]][1, 2:5]))
# Generalised least squares with a known AR(1) covariance (nlme), and iterated Prais-Winsten.
suppressPackageStartupMessages({library(nlme); library(MASS); library(quantreg)})
m <- gls(Employed ~ GNP + Population, longley, correlation = corAR1(0.4, fixed = TRUE), method = "REML")
say("gls .4", c(coef(m), sqrt(diag(vcov(m))), m$sigma))
pw <- function(y, X, tolerance = 1e-13) {
  rho <- 0
  repeat {
    n <- length(y); g <- c(sqrt(1 - rho^2), rep(1, n - 1))
    ys <- g * y - c(0, rho * y[-n]); Xs <- g * X - rbind(0, rho * X[-n, ])
    f <- lm(ys ~ Xs - 1); e <- y - X %*% coef(f); new <- sum(e[-1] * e[-n]) / sum(e[-n]^2)
    if (abs(new - rho) < tolerance) return(list(f, new))
    rho <- new
  }
}
X <- cbind(1, inv$RealGNP, inv$RealInt)
f <- pw(inv$RealInv, X)
say("prais-winsten", c(f[[2]], coef(f[[1]]), sqrt(diag(vcov(f[[1]])))))
# Ridge on standardised columns, the intercept free.
for (l in c(0.1, 2)) say(paste("ridge", l), coef(lm.ridge(Employed ~ ., longley, lambda = l)))
Xc <- scale(as.matrix(longley[, 1:6])); Xc <- Xc * sqrt(16 / 15); y <- longley$Employed - mean(longley$Employed)
gcv <- function(l) { d <- svd(Xc)$d; H <- Xc %*% solve(crossprod(Xc) + l * diag(6), t(Xc))
  r <- y - H %*% y; n <- 16; n * sum(r^2) / (n - 1 - sum(d^2 / (d^2 + l)))^2 }
say("gcv .1 2", c(gcv(0.1), gcv(2)))
say("gcv best", { o <- optimize(function(a) gcv(exp(a)), c(-12, 5), tol = 1e-12); c(exp(o$minimum), o$objective) })
for (tau in c(0.1, 0.25, 0.5, 0.9)) {
  q <- rq(stack.loss ~ stack.x, tau, method = "br")
  say(paste("stackloss", tau), c(coef(q), sum(q$residuals * (tau - (q$residuals < 0)))))
}
data(engel)
q <- rq(foodexp ~ income, 0.5, engel)
for (tau in c(0.05, 0.5, 0.75)) {
  q <- rq(foodexp ~ income, tau, engel)
  say(paste("engel", tau), coef(q))
  for (se in c("iid", "nid", "ker")) say(paste("engel", tau, se), summary(q, se = se)$coefficients[, 2])
}
write(data.frame(income = full(engel$income), foodexp = full(engel$foodexp)), "engel.csv")
h <- rlm(stack.loss ~ ., stackloss, maxit = 500, acc = 1e-13)
say("huber", c(coef(h), summary(h)$coefficients[, 2], h$s))
b <- rlm(stack.loss ~ ., stackloss, psi = psi.bisquare, maxit = 500, acc = 1e-13)
say("bisquare", c(coef(b), summary(b)$coefficients[, 2], b$s))
b <- rlm(stack.loss ~ ., stackloss, psi = psi.bisquare, maxit = 500, acc = 1e-13, init = coef(h))
say("bisquare from huber", c(coef(b), summary(b)$coefficients[, 2], b$s))
h <- rlm(foodexp ~ income, engel, maxit = 500, acc = 1e-13)
say("engel huber", c(coef(h), summary(h)$coefficients[, 2], h$s))
b <- rlm(foodexp ~ income, engel, psi = psi.bisquare, maxit = 900, acc = 1e-14, init = coef(h))
say("engel bisquare", c(coef(b), summary(b)$coefficients[, 2], b$s))
write(longley, "longley.csv")
write(setNames(stackloss, c("air", "water", "acid", "loss")), "stackloss.csv")
