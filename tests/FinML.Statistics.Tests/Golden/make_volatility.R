# Rscript make_volatility.R (in this folder): an independent check of GJR, EGARCH and Student-t volatility models on the DEM/GBP returns: likelihood as in the paper,
# maximised by nlm and optim, Hessian by numDeriv.
suppressMessages(library(numDeriv))
x <- read.csv(gzfile("../../../data/dem_gbp_returns_1984_1991.csv.gz"))[,2]
ll <- function(th, kind, t, each=FALSE) {
  e <- x - th[1]; n <- length(x); s <- mean(e^2); h <- numeric(n)
  nu <- if (t) th[length(th)] else Inf
  kap <- if (t) sqrt((nu-2)/pi)*gamma((nu-1)/2)/gamma(nu/2) else sqrt(2/pi)
  if (kind == "egarch") {
    l <- th[2] + th[5]*log(s)
    for (i in 1:n) { h[i] <- exp(l); z <- e[i]/sqrt(h[i]); l <- th[2] + th[3]*(abs(z)-kap) + th[4]*z + th[5]*l }
  } else if (kind == "gjr") {
    v <- th[2] + (th[3]+th[4]/2)*s + th[5]*s
    for (i in 1:n) { h[i] <- v; v <- th[2] + (th[3] + th[4]*(e[i]<0))*e[i]^2 + th[5]*v }
  } else {
    v <- th[2] + th[3]*s + th[4]*s
    for (i in 1:n) { h[i] <- v; v <- th[2] + th[3]*e[i]^2 + th[4]*v }
  }
  if (any(!is.finite(h)) || any(h<=0)) return(if(each) rep(NaN,n) else -1e10)
  z <- e/sqrt(h)
  r <- if (t) lgamma((nu+1)/2)-lgamma(nu/2)-.5*log(pi*(nu-2)) - .5*log(h) - (nu+1)/2*log(1+z^2/(nu-2)) else dnorm(z,log=TRUE)-.5*log(h)
  if (each) r else sum(r)
}
run <- function(kind, t, start) {
  f <- function(th) -ll(th, kind, t)
  o <- optim(start, f, control=list(maxit=20000, reltol=1e-14))
  o <- optim(o$par, f, method="BFGS", control=list(maxit=1000, reltol=1e-16, parscale=pmax(abs(o$par),.01)))
  th <- o$par
  for (i in 1:4) { g <- grad(f, th); H <- hessian(f, th, method.args=list(d=.01)); th <- th - solve(H, g) }
  H <- hessian(f, th, method.args=list(d=.01)); S <- jacobian(function(p) ll(p, kind, t, TRUE), th); G <- crossprod(S); Hi <- solve(H)
  cat(kind, t, sprintf("%.10f", -f(th)), "grad", max(abs(grad(f,th))), "\n")
  print(rbind(par=th, hess=sqrt(diag(Hi)), opg=sqrt(diag(solve(G))), bw=sqrt(diag(Hi%*%G%*%Hi))), digits=10)
}
run("garch", FALSE, c(0,.01,.15,.8))
run("gjr", FALSE, c(0,.01,.12,.05,.8))
run("egarch", FALSE, c(0,-.05,.2,-.02,.95))
run("garch", TRUE, c(0,.01,.15,.8,5))
run("egarch", TRUE, c(0,-.05,.2,-.02,.95,5))
run("gjr", TRUE, c(0,.01,.12,.05,.8,5))
x <- 100*diff(log(EuStockMarkets[,"DAX"]))
run("garch", TRUE, c(0.05,.03,.07,.9,6))
run("gjr", TRUE, c(0.05,.03,.05,.05,.9,6))
# AR(1) mean, the first value conditioned on.
ll <- function(th, kind, t, each=FALSE) { e <- x[-1] - th[1] - th[2]*x[-length(x)]; n <- length(e); s <- mean(e^2); h <- numeric(n)
  v <- th[3] + (th[4]+th[5])*s; for (i in 1:n) { h[i] <- v; v <- th[3] + th[4]*e[i]^2 + th[5]*v }
  if (any(h<=0)) return(-1e10); r <- dnorm(e, sd=sqrt(h), log=TRUE); if (each) r else sum(r) }
run("ar1-garch", FALSE, c(0.05,.05,.05,.1,.85))
