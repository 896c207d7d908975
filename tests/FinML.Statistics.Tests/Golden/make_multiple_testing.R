# Makes multiple_testing.csv here, golub.csv and hedenfalk.csv in src/FinML.Verification/Samples: Rscript make_multiple_testing.R (R 4.2, Debian's
# r-bioc-multtest 2.54 and r-bioc-qvalue 2.30). The tests on a maximum are written out here in the plainest way, on
# resamples whose starts come from a generator that any language can repeat: s <- (1103515245 s + 12345) mod 2^31 from 1.
full <- function(x) sprintf("%.17g", x)
r <- diff(log(EuStockMarkets)); n <- nrow(r); b <- 10; blocks <- 186; B <- 999
s <- 1
lcg <- function() { # exact in doubles: the product is split
  a <- 1103515245; hi <- a %/% 65536; lo <- a %% 65536
  s <<- ((((hi * s) %% 2^31) * 65536) %% 2^31 + lo * s + 12345) %% 2^31
  s
}
index <- matrix(0L, B, n)
for (i in 1:B) {
  starts <- sapply(1:blocks, function(k) floor(lcg() * n / 2^31))
  index[i, ] <- (rep(starts, each = b) + rep(0:(b - 1), blocks))[1:n] %% n + 1
}
out <- data.frame(name = character(), value = character())
put <- function(name, value) out <<- rbind(out, data.frame(name = name, value = full(value)))
starts <- index[1, seq(1, 60, 10)] - 1
for (i in 1:6) put(paste0("start", i), starts[i])
means <- t(sapply(1:B, function(i) colMeans(r[index[i, ], ])))
m <- colMeans(r)
cent <- sweep(means, 2, m)
put("reality.critical.four", sort(apply(cent, 1, max))[950]) # of 999, as p = (b + 1) / (B + 1) has it
pv <- function(obs, null) (1 + sum(null >= obs)) / (B + 1)

# Candidates DAX, SMI, CAC against the FTSE.
d <- r[, 1:3] - r[, 4]; dm <- colMeans(d); dc <- cent[, 1:3] - cent[, 4]
p <- 1 / b; i <- 1:(n - 1)
kappa <- (1 - i / n) * (1 - p)^i + (i / n) * (1 - p)^(n - i)
v <- sapply(1:3, function(k) { x <- d[, k] - dm[k]
  sum(x^2) / n + 2 * sum(kappa * sapply(i, function(l) sum(x[1:(n - l)] * x[(1 + l):n]) / n)) })
for (k in 1:3) put(paste0("kernel", k), v[k])
put("reality.p", pv(max(dm), apply(dc, 1, max)))
worse <- sqrt(n) * dm < -sqrt(2 * log(log(n))) * sqrt(v)
g <- list(lower = pmax(dm, 0), consistent = ifelse(worse, 0, dm), upper = dm)
for (f in names(g)) {
  z <- sweep(sweep(dc, 2, dm - g[[f]], "+"), 2, sqrt(n) / sqrt(v), "*")
  put(paste0("spa.", f), pv(max(0, sqrt(n) * dm / sqrt(v)), pmax(0, apply(z, 1, max))))
  put(paste0("spa.arch.", f), pv(max(dm), apply(sweep(dc, 2, dm - g[[f]], "+"), 1, max)))
}
put("spa.statistic", max(0, sqrt(n) * dm / sqrt(v)))
t <- sqrt(n) * dm / sqrt(v); tz <- sweep(dc, 2, sqrt(n) / sqrt(v), "*")
o <- order(-t); adj <- numeric(3); last <- 0
for (j in 1:3) { last <- max(last, pv(t[o[j]], apply(tz[, o[j:3], drop = FALSE], 1, max))); adj[o[j]] <- last }
for (k in 1:3) put(paste0("stepm", k), adj[k])

# Model confidence sets of eight models: the four series and sign(yesterday) times each, losses minus returns.
x <- cbind(r[-1, ], sign(r[-n, ]) * r[-1, ]); nx <- nrow(x)
ix <- index[, 1:nx]; ix[ix > nx] <- ix[ix > nx] - nx
L <- -x; lm <- colMeans(L); lc <- sweep(t(sapply(1:B, function(i) colMeans(L[ix[i, ], ]))), 2, lm)
for (method in c("range", "maximum")) {
  left <- 1:8; last <- 0
  while (length(left) > 1) {
    if (method == "range") {
      ti <- outer(lm[left], lm[left], "-"); null <- rep(0, B)
      for (a in seq_along(left)) for (e in seq_along(left)) if (a != e) {
        z <- lc[, left[a]] - lc[, left[e]]; se <- sqrt(mean(z^2))
        ti[a, e] <- ti[a, e] / se; null <- pmax(null, abs(z / se)) }
      obs <- max(ti); out_ <- left[which(ti == obs, arr.ind = TRUE)[1, 1]]
    } else {
      z <- lc[, left] - rowMeans(lc[, left]); se <- sqrt(colMeans(z^2))
      ti <- (lm[left] - mean(lm[left])) / se; obs <- max(ti); out_ <- left[which.max(ti)]
      null <- apply(sweep(z, 2, se, "/"), 1, max)
    }
    last <- max(last, pv(obs, null))
    put(paste0("mcs.", method, ".", 9 - length(left), ".model", out_), last)
    left <- setdiff(left, out_)
  }
}

# Overfitting by CSCV: the eight models, eight segments (the first periods that are over are left out).
S <- 8; len <- nx %/% S; y <- x[(nx - S * len + 1):nx, ]; seg <- rep(1:S, each = len)
sr <- function(z) colMeans(z) / apply(z, 2, sd)
w <- apply(combn(S, S / 2), 2, function(cc) { a <- sr(y[seg %in% cc, ]); e <- sr(y[!seg %in% cc, ])
  c(rank(e)[which.max(a)] / 9, max(a), e[which.max(a)]) })
put("cscv.pbo", mean(w[1, ] <= .5)); put("cscv.loss", mean(w[3, ] < 0))
put("cscv.slope", coef(lm(w[3, ] ~ w[2, ]))[2]); put("cscv.logits", sum(log(w[1, ] / (1 - w[1, ]))))
write.table(out, "multiple_testing.csv", sep = ",", row.names = FALSE, quote = FALSE)

library(qvalue); data(hedenfalk)
write.table(data.frame(p = full(hedenfalk$p)), "hedenfalk.csv", row.names = FALSE, quote = FALSE)
library(multtest); data(golub)
g100 <- as.data.frame(t(golub[1:100, ])); names(g100) <- paste0("g", 1:100)
write.table(cbind(class = golub.cl, g100), "golub.csv", sep = ",", row.names = FALSE, quote = FALSE)
