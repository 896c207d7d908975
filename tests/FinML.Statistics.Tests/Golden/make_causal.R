# Makes the samples of the causal chapter in src/FinML.Verification/Samples: Rscript make_causal.R FOLDER (R 4.2,
# Debian's r-cran-lmtest 0.9-40, r-cran-haven; python3-statsmodels 0.13.5 for the West German (Luetkepohl 2005) and US
# series). FOLDER holds simulated-data.dta of bashtage/linearmodels, linearmodels/tests/iv/results (commit 2ce5503d),
# the data that its logs of Stata's ivregress are made from.
full <- function(x) sprintf("%.17g", x)
out <- "../../../src/FinML.Verification/Samples/"
write <- function(x, file) write.table(x, paste0(out, file), sep = ",", row.names = FALSE, quote = FALSE)
folder <- commandArgs(TRUE)[1]
data(ChickEgg, package = "lmtest")
write(data.frame(year = time(ChickEgg), chicken = ChickEgg[, "chicken"], egg = ChickEgg[, "egg"]), "chick_egg.csv")
d <- as.data.frame(haven::read_dta(file.path(folder, "simulated-data.dta")))
keep <- c("y_unadjusted", "y_robust", "y_clustered", "y_kernel", paste0("x", 1:5), "z1", "z2", "cluster_id")
write(as.data.frame(lapply(d[keep], full)), "iv_simulated.csv")
sm <- "/usr/lib/python3/dist-packages/statsmodels/"
e1 <- read.table(paste0(sm, "tsa/vector_ar/tests/results/e1.dat"), skip = 6, header = TRUE)
write(e1, "lutkepohl_e1.csv")
us <- read.csv(paste0(sm, "datasets/macrodata/macrodata.csv"))
write(us[c("realgdp", "realcons", "realinv")], "us_macro.csv")

# The F tests of nested regressions, as in lmtest::grangertest, and Luetkepohl's criteria on one sample.
print(lmtest::grangertest(egg ~ chicken, order = 3, data = ChickEgg), digits = 12)
print(lmtest::grangertest(chicken ~ egg, order = 3, data = ChickEgg), digits = 12)
y <- diff(log(as.matrix(e1)))[1:75, ]
for (p in 0:4) {
  n <- nrow(y) - 4; yy <- y[5:nrow(y), ]
  x <- matrix(1, n, 1); if (p > 0) for (l in 1:p) x <- cbind(x, y[(5 - l):(nrow(y) - l), ])
  ld <- log(det(crossprod(lm.fit(x, yy)$residuals) / n))
  cat(p, full(ld + 2 * p * 9 / n), full(ld + 2 * log(log(n)) * p * 9 / n), full(ld + log(n) * p * 9 / n), "\n")
}

# Double machine learning with least squares and given folds (row modulo 5), y_robust by x1 given x3, x4, x5; and by
# x1 > 0, the propensity by a linear model trimmed at .01. The lasso of Debian's r-cran-glmnet 4.1-6.
d <- read.csv(paste0(out, "iv_simulated.csv"))
y <- d$y_robust; x <- as.matrix(d[c("x3", "x4", "x5")]); fold <- (seq_along(y) - 1) %% 5
fit <- function(target, use = rep(TRUE, length(y))) {
  p <- numeric(length(y))
  for (f in 0:4) {
    b <- coef(lm(target ~ x, subset = fold != f & use)); p[fold == f] <- cbind(1, x)[fold == f, ] %*% b
  }
  p
}
v <- d$x1 - fit(d$x1); u <- y - fit(y); theta <- sum(v * u) / sum(v^2)
cat("partialling out", full(theta), full(sqrt(sum((v * (u - theta * v))^2)) / sum(v^2)), "\n")
u <- y - fit(y - theta * d$x1); theta <- sum(v * u) / sum(v * d$x1)
cat("IV-type", full(theta), full(sqrt(sum((v * (u - theta * d$x1))^2)) / abs(sum(v * d$x1))), "\n")
w <- as.numeric(d$x1 > 0); g0 <- fit(y, w == 0); g1 <- fit(y, w == 1); m <- pmin(pmax(fit(w), .01), .99)
s <- g1 - g0 + w * (y - g1) / m - (1 - w) * (y - g0) / (1 - m)
cat("interactive", full(mean(s)), full(sqrt(mean((s - mean(s))^2) / length(s))), mean(fit(w) < .01 | fit(w) > .99), "\n")
features <- as.matrix(d[c("x1", "x2", "x3", "x4", "x5", "z1", "z2")])
g <- glmnet::glmnet(features, y, lambda = c(.8, .4, .1), thresh = 1e-22, maxit = 1e8)
print(full(c(g$a0[3], as.matrix(g$beta)[, 3]))); print(full(c(g$a0[1], as.matrix(g$beta)[, 1])))
l <- glm(w ~ x, family = binomial, control = list(epsilon = 1e-14)); print(full(coef(l)))

# The effective F of Montiel Olea and Pflueger with HC1, x1 by z1, z2 given x3, x4, x5: the instruments made orthonormal
# by the symmetric root of their covariance.
w <- cbind(1, x); z <- as.matrix(d[c("z1", "z2")]); n <- nrow(z)
zr <- lm.fit(w, z)$residuals; xr <- lm.fit(w, d$x1)$residuals; e <- eigen(crossprod(zr) / n)
q <- zr %*% e$vectors %*% diag(e$values^-.5) %*% t(e$vectors)
pi <- crossprod(q, xr) / n; v <- lm.fit(cbind(w, z), d$x1)$residuals
W <- crossprod(q * v) / n * n / (n - 6); tr <- sum(diag(W))
k <- tr^2 * 21 / (sum(diag(W %*% W)) + 20 * tr * max(eigen(W)$values))
cat("effective F", full(n * sum(pi^2) / tr), full(k), full(qchisq(.95, k, 10 * k) / k), "\n")
