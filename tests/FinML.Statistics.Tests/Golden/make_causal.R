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
