# Rscript make_structure.R (R 4.2, strucchange 1.5-3, urca 1.3-3): CUSUM tests, urca's tests, variance ratios by formula.
suppressMessages({library(strucchange); library(urca)})
options(digits=13)
y <- as.numeric(Nile)
for (type in c("Rec-CUSUM", "OLS-CUSUM")) { s <- sctest(efp(y ~ 1, type=type)); cat(type, "nile", sprintf("%.13g", c(s$statistic, s$p.value)), "\n") }
m <- mtcars; 
for (type in c("Rec-CUSUM", "OLS-CUSUM")) { s <- sctest(efp(mpg ~ wt + hp, type=type, data=m)); cat(type, "mtcars", sprintf("%.13g", c(s$statistic, s$p.value)), "\n") }
cat("recresid", sprintf("%.13g", head(recresid(y ~ 1), 5)), "\n"); cat("recresid mtcars", sprintf("%.13g", head(recresid(mpg ~ wt + hp, data=m), 4)), "\n")
cat("mpg", m$mpg, sep=","); cat("\nwt", m$wt, sep=","); cat("\nhp", m$hp, sep=","); cat("\n")
fs <- Fstats(y ~ 1, from=.15); s <- sctest(fs, type="supF"); cat("supF", sprintf("%.13g", c(s$statistic, s$p.value)), fs$breakpoint, "\n")
vr <- function(r, q) { T <- length(r); mu <- mean(r); sa <- sum((r-mu)^2)/(T-1); cs <- c(0,cumsum(r)); s <- cs[(q+1):(T+1)] - cs[1:(T+1-q)]
 m <- q*(T-q+1)*(1-q/T); VR <- sum((s-q*mu)^2)/m/sa; a <- (r-mu)^2; th <- 0
 for (j in 1:(q-1)) th <- th + (2*(q-j)/q)^2*sum(a[(j+1):T]*a[1:(T-j)])/sum(a)^2
 c(VR, (VR-1)/sqrt(2*(2*q-1)*(q-1)/(3*q*T)), (VR-1)/sqrt(th)) }
r <- diff(log(EuStockMarkets[,"DAX"])); for (q in c(2,5,10,20)) cat("vr dax", q, sprintf("%.13g", vr(r,q)), "\n")
u <- ur.kpss(y, type="mu", lags="short"); cat("ur.kpss", u@teststat, u@lag, "\n"); u <- ur.df(y, type="drift", lags=2); print(u@teststat)
fs <- Fstats(mpg ~ wt + hp, from=.15, data=m); s <- sctest(fs, type="supF"); cat("supF mtcars", sprintf("%.13g", c(s$statistic, s$p.value)), fs$breakpoint, "\n")
x <- as.numeric(lh); fs <- Fstats(x ~ 1, from=.15); s <- sctest(fs, type="supF"); cat("supF lh", sprintf("%.13g", c(s$statistic, s$p.value)), fs$breakpoint, length(fs$Fstats), "\n")
for (c in c(7.17, 8.85, 12.35)) cat("supF p", c, strucchange:::pvalue.Fstats(c, type="supF", k=1, lambda=(.85/.15)^2), "\n")
for (c in c(10, 12, 16)) cat("supF p2", c, strucchange:::pvalue.Fstats(c, type="supF", k=2, lambda=(.85/.15)^2), "\n")
