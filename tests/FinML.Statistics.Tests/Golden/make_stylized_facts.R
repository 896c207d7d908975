# Numbers of StylizedFactsTests.cs: Rscript make_stylized_facts.R, R 4.2.2, base packages alone.
dge <- read.csv(gzfile("../../../data/sp500_dge_returns_1928_1991.csv.gz"))$log_return[-1]
dem <- read.csv(gzfile("../../../data/dem_gbp_returns_1984_1991.csv.gz"))$log_return_pct
eu <- read.csv("eu_log_returns.csv")
show <- function(name, x) cat(name, format(x, digits = 15), "\n")

# Z. Ding, C. W. J. Granger and R. F. Engle (1993): their tables 2.1, 3.1 and 3.2 on the series of fGarch.
standard <- function(x, p) mean((x - mean(x))^p) / mean((x - mean(x))^2)^(p / 2)
jb <- function(x) length(x) / 6 * (standard(x, 3)^2 + (standard(x, 4) - 3)^2 / 4)
show("dge moments", c(mean(dge), sd(dge), standard(dge, 3), standard(dge, 4)))
show("dge Jarque-Bera", jb(dge))
show("dax Jarque-Bera", jb(eu$dax))
show("nile Jarque-Bera", c(jb(Nile), pchisq(jb(Nile), 2, lower.tail = FALSE)))
for (d in c(0.5, 1, 2)) show(paste("dge |r|^", d), acf(abs(dge)^d, 100, plot = FALSE)$acf[c(2, 11, 101)])

# corr(x_t, y_(t+k)) is ccf(y, x) at k.
show("dax leverage", ccf(eu$dax^2, eu$dax, 5, plot = FALSE)$acf[c(1, 5, 6, 7, 11)])

rho <- acf(abs(dem), 60, plot = FALSE)$acf[2:61]
k <- 1:60
power <- nls(rho ~ a * k^-b, start = list(a = .3, b = .3), control = list(tol = 1e-9))
exponential <- nls(rho ~ a * exp(-b * k), start = list(a = .2, b = .02), control = list(tol = 1e-9))
show("power law", c(coef(power), deviance(power)))
show("exponential", c(coef(exponential), deviance(exponential)))

d <- eu$dax - mean(eu$dax)
n <- length(d)
r <- acf(eu$dax, 10, plot = FALSE)$acf[-1]
error <- sapply(1:10, function(k) sqrt(sum(d[(k + 1):n]^2 * d[1:(n - k)]^2)) / sum(d^2))
show("robust errors", error[c(1, 10)])
show("robust Q", c(sum((r / error)^2), pchisq(sum((r / error)^2), 10, lower.tail = FALSE)))

over <- function(x, h, last) { s <- stats::filter(x, rep(1, h), sides = 1); as.numeric(s[h:length(x)])[1:last] }
for (h in c(1, 5, 20)) {
    s <- over(eu$dax, h, n - 19)
    show(paste("aggregated", h), c(standard(s, 3), standard(s, 4) - 3))
}
h <- c(1, 2, 5, 10)
zeta <- sapply(c(1, 2), function(q) coef(lm(log(sapply(h, function(i) mean(abs(over(d, i, n - 9))^q))) ~ log(h)))[2])
show("zeta", zeta)

u <- qnorm(.975)
show("tail index of |Z|", .05 / integrate(function(x) 2 * pnorm(-x) / x, u, Inf, rel.tol = 1e-12)$value)
