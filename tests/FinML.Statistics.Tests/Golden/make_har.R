# Rscript make_har.R (R 4.2, sandwich): HAR of the variance of the DAX realised over blocks of five days.
suppressMessages(library(sandwich))
r <- read.csv("eu_log_returns.csv")$dax
rv <- 1e4*colSums(matrix(r[1:(5*(length(r)%/%5))]^2, nrow=5))
har <- function(x, spans, h, lag) { L <- max(spans); N <- length(x); i <- L:(N-h)
  X <- sapply(spans, function(s) sapply(i, function(t) mean(x[(t-s+1):t]))); y <- sapply(i, function(t) mean(x[(t+1):(t+h)]))
  f <- lm(y ~ X); se <- sqrt(diag(NeweyWest(f, lag=lag, prewhite=FALSE, adjust=FALSE)))
  xn <- c(1, sapply(spans, function(s) mean(x[(N-s+1):N]))); m <- sum(coef(f)*xn)
  cat(sprintf("%.13g", coef(f)), "|", sprintf("%.13g", se), "|", sprintf("%.13g", c(m, exp(m+summary(f)$sigma^2/2), summary(f)$r.squared)), length(y), "\n") }
har(rv, c(1,5,22), 1, 4); har(log(rv), c(1,5,22), 1, 4); har(sqrt(rv), c(1,4), 5, 8)
