# Rscript make_extremes.R (R 4.2, fExtremes, evd, numDeriv): the Danish fire insurance claims of McNeil (1997), 1980-1990,
# millions of kroner (fExtremes danishClaims), and the Port Pirie sea levels of Coles (2001), with fits by Newton in R.
suppressMessages({library(fExtremes); library(evd); library(numDeriv)})
options(digits=12)
data(danishClaims); d <- danishClaims[,2]; cat("n", length(d), sum(d>10), sum(d>20), "\n")
write.csv(data.frame(loss=d), "../../../src/FinML.Verification/Samples/danish_fire.csv", row.names=FALSE, quote=FALSE)
gp <- function(y) { nll <- function(p) { z <- 1+p[1]*y/p[2]; if (p[2]<=0||any(z<=0)) return(1e10); length(y)*log(p[2])+(1+1/p[1])*sum(log(z)) }
  o <- optim(c(.5,mean(y)), nll, control=list(maxit=5000,reltol=1e-15)); th <- o$par
  for(i in 1:5) th <- th - solve(hessian(nll,th), grad(nll,th)); V <- solve(hessian(nll,th))
  list(par=th, se=sqrt(diag(V)), cov=V, ll=-nll(th), nll=nll) }
for (u in c(10,20)) { y <- d[d>u]-u; f <- gp(y); cat("u", u, sprintf("%.10f", c(f$par, f$se, f$cov[1,2], f$ll)), "\n")
 n <- length(d); Nu <- length(y)
 for (p in c(.99,.999)) { q <- u + f$par[2]/f$par[1]*((n/Nu*(1-p))^-f$par[1]-1); es <- (q+f$par[2]-f$par[1]*u)/(1-f$par[1])
  g <- grad(function(t) u + t[2]/t[1]*((n/Nu*(1-p))^-t[1]-1), f$par); se <- sqrt(g%*%f$cov%*%g)
  ge <- grad(function(t) {q<-u + t[2]/t[1]*((n/Nu*(1-p))^-t[1]-1); (q+t[2]-t[1]*u)/(1-t[1])}, f$par); see <- sqrt(ge%*%f$cov%*%ge)
  prof <- function(m, xi, es) { A <- ((n/Nu*(1-p))^-xi-1)/xi; b <- if (es) (m-u)*(1-xi)/(A+1) else (m-u)/A; -f$nll(c(xi,b)) }
  pl <- function(m, es) optimize(function(xi) prof(m,xi,es), c(-.4, if(es) .999999 else 3), maximum=TRUE, tol=1e-12)$objective - f$ll + qchisq(.95,1)/2
  ci <- c(uniroot(function(m) pl(m,FALSE), c(u+.2*(q-u), q), tol=1e-10)$root, uniroot(function(m) pl(m,FALSE), c(q, 10*q), tol=1e-10)$root)
  cie <- c(uniroot(function(m) pl(m,TRUE), c(u+.2*(es-u), es), tol=1e-10)$root, tryCatch(uniroot(function(m) pl(m,TRUE), c(es, 500*es), tol=1e-10)$root, error=function(e) Inf))
  cat("p", p, sprintf("%.9f", c(q, se, ci, es, see, cie)), "\n") } }
w <- gpdFit(d, u=20, type="pwm"); print(w@fit$par.ests); print(w@fit$par.ses)
w <- gpdFit(d, u=10, type="pwm"); print(w@fit$par.ests); print(w@fit$par.ses)
g <- gpdFit(d, u=10); print(g@fit$par.ests); print(g@fit$par.ses); print(gpdRiskMeasures(g, prob=c(.99,.999)))
data(portpirie); print(length(portpirie)); cat(portpirie, sep=", "); f <- fgev(portpirie, std.err=TRUE, method="BFGS", control=list(reltol=1e-16)); print(f$estimate); print(f$std.err); print(f$deviance/-2)
nll <- function(t) -sum(dgev(portpirie, t[1], t[2], t[3], log=TRUE)); th <- f$estimate; for(i in 1:5) th <- th - solve(hessian(nll,th), grad(nll,th)); V<-solve(hessian(nll,th)); cat("gev", sprintf("%.10f", c(th, sqrt(diag(V)), -nll(th))), "\n")
rl <- function(t,N) qgev(1-1/N, t[1],t[2],t[3]); for (N in c(10,100)) { gg <- grad(function(t) rl(t,N), th); cat("rl", N, sprintf("%.9f", c(rl(th,N), sqrt(gg%*%V%*%gg))), "\n") }
x <- sort(d, decreasing=TRUE); for (k in c(50,109,200)) cat("hill", k, sprintf("%.12f", mean(log(x[1:k]))-log(x[k+1])), "\n")
ks <- sapply(10:216, function(k) { xi <- mean(log(x[1:k]))-log(x[k+1]); S <- (x[1:k]/x[k+1])^(-1/xi); max(abs(S-(0:(k-1))/k), abs(S-(1:k)/k)) }); cat("ks", which.min(ks)+9, min(ks), "\n")
for (u in c(5,10,20)) { e <- d[d>u]-u; cat("me", u, sprintf("%.12f", c(mean(e), sd(e)/sqrt(length(e)))), "\n") }
