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
