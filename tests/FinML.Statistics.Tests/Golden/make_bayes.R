# Makes bayes.csv here, attitude.csv and uscrime.csv in src/FinML.Verification/Samples: Rscript make_bayes.R (R 4.2,
# Debian's r-cran-bayesfactor 0.9.12 and r-cran-bms 0.3.5). BayesFactor integrates to about 1e-6 only, so that its numbers
# are made again here at 1e-13 where they are one integral; posteriors are by make_bayes.py. The file
# baycomp_accuracies.csv beside those samples holds the mean accuracies (10 x 10-fold cross-validation, 54 data sets) of two
# classifiers from docs/code/accuracies.txt of github janezd/baycomp (MIT licence): see make_bayes.py.
suppressMessages({library(BayesFactor); library(BMS); library(MASS)})
full <- function(x) sprintf("%.17g", x)
out <- data.frame(name = character(), value = character())
put <- function(name, value) out <<- rbind(out, data.frame(name = name, value = full(value)))
bf <- function(b) extractBF(b, onlybf = TRUE)

jzs <- function(t, N, nu, r) { # log BF10
  f <- function(u) { g <- exp(u); s <- 1 + N * g * r^2
    exp(-.5 * log(s) - (nu + 1) / 2 * (log1p(t^2 / (s * nu)) - log1p(t^2 / nu)) - .5 * log(2 * pi) - u / 2 - 1 / (2 * g)) }
  cuts <- c(-6, -3, 0, 2, 4, 6, 9, 12, 16, 25, 40, 70)
  log(sum(sapply(2:12, function(i) integrate(f, cuts[i - 1], cuts[i], rel.tol = 1e-13, subdivisions = 1000)$value)))
}
put("jzs.t2.03.n80.r1", jzs(2.03, 80, 79, 1))
put("jzs.t-8.n12.r.7071", jzs(-8, 12, 11, sqrt(.5)))
put("jzs.t0.5.n2.r2", jzs(.5, 2, 1, 2))
put("jzs.t3.5.n20.n20", jzs(3.5, 10, 38, sqrt(.5)))
put("jzs.t1.n100000", jzs(1, 1e5, 1e5 - 1, sqrt(.5)))
put("jzs.t30.n1000", jzs(30, 1000, 999, sqrt(.5))) # BF10 about e^310, near to what a double holds
d <- sleep$extra[1:10] - sleep$extra[11:20]
put("bayesfactor.sleep.less", bf(ttestBF(d, nullInterval = c(-Inf, 0)))[1])
put("bayesfactor.sleep.greater", bf(ttestBF(d, nullInterval = c(-Inf, 0)))[2])
put("bayesfactor.sleep.two", bf(ttestBF(sleep$extra[1:10], sleep$extra[11:20])))

put("bayesfactor.cor.mpg.wt", bf(correlationBF(mtcars$mpg, mtcars$wt)))
put("bayesfactor.cor.mpg.qsec", bf(correlationBF(mtcars$mpg, mtcars$qsec, rscale = 1)))
b <- bf(correlationBF(mtcars$mpg, mtcars$qsec, rscale = 1, nullInterval = c(0, 1)))
put("bayesfactor.cor.mpg.qsec.greater", b[1]); put("bayesfactor.cor.mpg.qsec.less", b[2])
put("r.mpg.wt", cor(mtcars$mpg, mtcars$wt)); put("r.mpg.qsec", cor(mtcars$mpg, mtcars$qsec))

b <- extractBF(regressionBF(rating ~ ., data = attitude, progress = FALSE))
for (m in c("complaints", "complaints + learning", "learning + raises + advance",
            "complaints + privileges + learning + raises + critical + advance")) put(paste("attitude:", m), b[m, "bf"])

# Averages over all 64 models of attitude: inclusion, mean, sd.
for (k in 1:4) {
  a <- switch(k, bms(attitude, mprior = "uniform", g = "UIP", user.int = FALSE),
    bms(attitude, mprior = "uniform", g = "hyper=3", user.int = FALSE),
    bms(attitude, mprior = "random", mprior.size = 3, g = "BRIC", user.int = FALSE),
    bms(attitude, mprior = "fixed", mprior.size = 1.5, g = 10, user.int = FALSE))
  z <- coef(a, order.by.pip = FALSE)
  for (v in rownames(z)) for (c in 1:3) put(paste("bms", k, v, c("pip", "mean", "sd")[c]), z[v, c])
}
# BMS leaves Var(s) b^2, s = g / (1 + g), out of the variance under hyper-g; here all 64 models again, s by integrate.
n <- 30; tot <- sum((attitude$rating - mean(attitude$rating))^2); post <- list(); v <- names(attitude)[-1]
for (m in 1:63) {
  i <- bitwAnd(m, 2^(0:5)) > 0; p <- sum(i); f <- lm(reformulate(v[i], "rating"), attitude); q <- sum(resid(f)^2) / tot
  h <- function(s, k) s^k * .5 * (1 - s)^(-.5 + p / 2) * (1 - s * (1 - q))^(-(n - 1) / 2)
  z <- sapply(0:2, function(k) integrate(h, 0, 1, k = k, rel.tol = 1e-12, subdivisions = 2000)$value)
  s1 <- z[2] / z[1]; s2 <- z[3] / z[1]; b <- coef(f)[-1]; w <- diag(solve(crossprod(scale(attitude[v[i]], TRUE, FALSE))))
  e <- numeric(6); e2 <- numeric(6); e[i] <- s1 * b
  e2[i] <- (s1 - s2 * (1 - q)) * tot / (n - 3) * w + s2 * b^2
  post[[m]] <- c(z[1], e, e2)
}
z <- rbind(c(1, rep(0, 12)), do.call(rbind, post)); w <- z[, 1] / sum(z[, 1])
for (j in 1:6) put(paste("hyper-g", v[j], "sd"), sqrt(sum(w * z[, 7 + j]) - sum(w * z[, 1 + j])^2))
write.table(out, "bayes.csv", sep = ",", row.names = FALSE, quote = FALSE)

samples <- "../../../src/FinML.Verification/Samples/"
write.table(attitude, paste0(samples, "attitude.csv"), sep = ",", row.names = FALSE, quote = FALSE)
write.table(UScrime, paste0(samples, "uscrime.csv"), sep = ",", row.names = FALSE, quote = FALSE)
