"""The sources of change in pairs: (key, full citation, link), added in `references`."""

from __future__ import annotations

from typing import Final

CHANGE: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "student-1908",
        "Student (1908). The probable error of a mean. Biometrika 6(1), 1–25.",
        "https://doi.org/10.2307/2331554",
    ),
    (
        "cumming-finch-2001",
        "Cumming, G. and Finch, S. (2001). A primer on the understanding, use, and calculation of confidence "
        "intervals that are based on central and noncentral distributions. Educational and Psychological "
        "Measurement 61(4), 532–574.",
        "https://doi.org/10.1177/0013164401614002",
    ),
    (
        "welch-1947",
        "Welch, B. L. (1947). The generalization of 'Student's' problem when several different population "
        "variances are involved. Biometrika 34(1/2), 28–35.",
        "https://doi.org/10.2307/2332510",
    ),
    (
        "wilcoxon-1945",
        "Wilcoxon, F. (1945). Individual comparisons by ranking methods. Biometrics Bulletin 1(6), 80–83.",
        "https://doi.org/10.2307/3001968",
    ),
    (
        "hollander-wolfe-2014",
        "Hollander, M., Wolfe, D. A. and Chicken, E. (2014). Nonparametric Statistical Methods, 3rd edition. "
        "Hoboken: Wiley.",
        "https://doi.org/10.1002/9781119196037",
    ),
    (
        "kerby-2014",
        "Kerby, D. S. (2014). The simple difference formula: an approach to teaching nonparametric "
        "correlation. Comprehensive Psychology 3, 11.IT.3.1.",
        "https://doi.org/10.2466/11.IT.3.1",
    ),
    (
        "efron-stein-1981",
        "Efron, B. and Stein, C. (1981). The jackknife estimate of variance. Annals of "
        "Statistics 9(3), 586–596.",
        "https://doi.org/10.1214/aos/1176345462",
    ),
    (
        "mcnemar-1947",
        "McNemar, Q. (1947). Note on the sampling error of the difference between correlated proportions or "
        "percentages. Psychometrika 12(2), 153–157.",
        "https://doi.org/10.1007/BF02295996",
    ),
    (
        "newcombe-1998",
        "Newcombe, R. G. (1998). Improved confidence intervals for the difference between binomial "
        "proportions based on paired data. Statistics in Medicine 17(22), 2635–2650.",
        "https://onlinelibrary.wiley.com/journal/10970258",
    ),
    (
        "tango-1998",
        "Tango, T. (1998). Equivalence test and confidence interval for the difference in proportions for "
        "the paired-sample design. Statistics in Medicine 17(8), 891–908.",
        "https://onlinelibrary.wiley.com/journal/10970258",
    ),
    (
        "fagerland-2013",
        "Fagerland, M. W., Lydersen, S. and Laake, P. (2013). The McNemar test for binary matched-pairs "
        "data: mid-p and asymptotic are better than exact conditional. BMC Medical Research Methodology "
        "13, 91.",
        "https://doi.org/10.1186/1471-2288-13-91",
    ),
    (
        "fagerland-2014",
        "Fagerland, M. W., Lydersen, S. and Laake, P. (2014). Recommended tests and confidence intervals for "
        "paired binomial proportions. Statistics in Medicine 33(16), 2850–2875.",
        "https://doi.org/10.1002/sim.6148",
    ),
)
