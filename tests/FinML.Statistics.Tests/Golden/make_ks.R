# Prints the constants with ties of Distances/KolmogorovSmirnovTests.cs: Rscript make_ks.R (R 4.2.2).
a <- c(4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14); b <- c(6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26)
r <- function(v) round(v * 2) / 2
for (s in c("two.sided", "greater", "less")) {
  k <- ks.test(r(a), r(b), alternative = s, exact = TRUE)
  cat(s, sprintf("%.17g", c(k$statistic, k$p.value)), "\n")
  k <- ks.test(r(a), r(b), alternative = s, exact = FALSE)
  cat(s, "asymptotic", sprintf("%.17g", k$p.value), "\n")
}
