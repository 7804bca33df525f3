"""The sources of the hidden number: (key, full citation, link), added to the others in `references`."""

from __future__ import annotations

from typing import Final

MSE: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "chapman-1951",
        "Chapman, D. G. (1951). Some properties of the hypergeometric distribution with applications to "
        "zoological sample censuses. University of California Publications in Statistics 1(7), 131–160.",
        "https://digicoll.lib.berkeley.edu/",
    ),
    (
        "darroch-1958",
        "Darroch, J. N. (1958). The multiple-recapture census: I. Estimation of a closed population. "
        "Biometrika 45(3/4), 343–359.",
        "https://doi.org/10.2307/2333183",
    ),
    (
        "golub-welsch-1969",
        "Golub, G. H. and Welsch, J. H. (1969). Calculation of Gauss quadrature rules. Mathematics of "
        "Computation 23(106), 221–230.",
        "https://doi.org/10.1090/S0025-5718-69-99647-1",
    ),
    (
        "fienberg-1972",
        "Fienberg, S. E. (1972). The multiple recapture census for closed populations and incomplete 2^k "
        "contingency tables. Biometrika 59(3), 591–603.",
        "https://doi.org/10.1093/biomet/59.3.591",
    ),
    (
        "schwarz-1978",
        "Schwarz, G. (1978). Estimating the dimension of a model. The Annals of Statistics 6(2), 461–464.",
        "https://doi.org/10.1214/aos/1176344136",
    ),
    (
        "seber-1982",
        "Seber, G. A. F. (1982). The Estimation of Animal Abundance and Related Parameters, 2nd edition. "
        "London: Griffin.",
        "https://www.worldcat.org/",
    ),
    (
        "tierney-kadane-1986",
        "Tierney, L. and Kadane, J. B. (1986). Accurate approximations for posterior moments and marginal "
        "densities. Journal of the American Statistical Association 81(393), 82–86.",
        "https://doi.org/10.1080/01621459.1986.10478240",
    ),
    (
        "efron-1987",
        "Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical "
        "Association 82(397), 171–185.",
        "https://doi.org/10.1080/01621459.1987.10478410",
    ),
    (
        "chao-1987",
        "Chao, A. (1987). Estimating the population size for capture-recapture data with unequal "
        "catchability. Biometrics 43(4), 783–791.",
        "https://doi.org/10.2307/2531532",
    ),
    (
        "cormack-1992",
        "Cormack, R. M. (1992). Interval estimation for mark-recapture studies of closed populations. "
        "Biometrics 48(2), 567–576.",
        "https://doi.org/10.2307/2532310",
    ),
    (
        "ding-fienberg-1994",
        "Ding, Y. and Fienberg, S. E. (1994). Dual system estimation of census undercount in the presence "
        "of matching error. Survey Methodology 20(2), 149–158.",
        "https://www150.statcan.gc.ca/",
    ),
    (
        "hyndman-fan-1996",
        "Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The American "
        "Statistician 50(4), 361–365.",
        "https://doi.org/10.1080/00031305.1996.10473566",
    ),
    (
        "lauritzen-1996",
        "Lauritzen, S. L. (1996). Graphical Models. Oxford: Clarendon Press.",
        "https://global.oup.com/",
    ),
    (
        "geyer-1991",
        "Geyer, C. J. (1991). Markov chain Monte Carlo maximum likelihood. In Computing Science and "
        "Statistics: Proceedings of the 23rd Symposium on the Interface, 156–163.",
        "https://hdl.handle.net/11299/58440",
    ),
    (
        "hormann-1993",
        "Hörmann, W. (1993). The generation of binomial random variates. Journal of Statistical Computation "
        "and Simulation 46(1–2), 101–110.",
        "https://doi.org/10.1080/00949659308811496",
    ),
    (
        "hormann-1993b",
        "Hörmann, W. (1993). The transformed rejection method for generating Poisson random variables. "
        "Insurance: Mathematics and Economics 12(1), 39–45.",
        "https://doi.org/10.1016/0167-6687(93)90997-4",
    ),
    (
        "madigan-york-1997",
        "Madigan, D. and York, J. C. (1997). Bayesian methods for estimation of the size of a closed "
        "population. Biometrika 84(1), 19–31.",
        "https://doi.org/10.1093/biomet/84.1.19",
    ),
    (
        "chao-tsay-1998",
        "Chao, A. and Tsay, P. K. (1998). A sample coverage approach to multiple-system estimation with "
        "application to census undercount. Journal of the American Statistical Association 93(441), "
        "283–293.",
        "https://doi.org/10.1080/01621459.1998.10474109",
    ),
    (
        "chao-2001",
        "Chao, A., Tsay, P. K., Lin, S.-H., Shau, W.-Y. and Chao, D.-Y. (2001). The applications of "
        "capture-recapture models to epidemiological data. Statistics in Medicine 20(20), 3123–3157.",
        "https://doi.org/10.1002/sim.996",
    ),
    (
        "rivest-levesque-2001",
        "Rivest, L.-P. and Lévesque, T. (2001). Improved log-linear model estimators of abundance in "
        "capture-recapture experiments. Canadian Journal of Statistics 29(4), 555–572.",
        "https://doi.org/10.2307/3316007",
    ),
    (
        "marsaglia-tsang-2000",
        "Marsaglia, G. and Tsang, W. W. (2000). A simple method for generating gamma variables. ACM "
        "Transactions on Mathematical Software 26(3), 363–372.",
        "https://doi.org/10.1145/358407.358414",
    ),
    (
        "link-2003",
        "Link, W. A. (2003). Nonidentifiability of population size from capture-recapture data with "
        "heterogeneous detection probabilities. Biometrics 59(4), 1123–1130.",
        "https://doi.org/10.1111/j.0006-341X.2003.00129.x",
    ),
    (
        "gelman-2006",
        "Gelman, A. (2006). Prior distributions for variance parameters in hierarchical models. Bayesian "
        "Analysis 1(3), 515–534.",
        "https://doi.org/10.1214/06-BA117A",
    ),
    (
        "rivest-baillargeon-2007",
        "Rivest, L.-P. and Baillargeon, S. (2007). Applications and extensions of Chao's moment estimator "
        "for the size of a closed population. Biometrics 63(4), 999–1006.",
        "https://doi.org/10.1111/j.1541-0420.2007.00779.x",
    ),
    (
        "fienberg-rinaldo-2012",
        "Fienberg, S. E. and Rinaldo, A. (2012). Maximum likelihood estimation in log-linear models. "
        "The Annals of Statistics 40(2), 996–1023.",
        "https://doi.org/10.1214/12-AOS986",
    ),
    (
        "neal-2011",
        "Neal, R. M. (2011). MCMC using Hamiltonian dynamics. In Brooks, S., Gelman, A., Jones, G. L. and "
        "Meng, X.-L. (eds), Handbook of Markov Chain Monte Carlo, 113–162. Boca Raton: CRC Press.",
        "https://arxiv.org/abs/1206.1901",
    ),
    (
        "zhang-stephens-2009",
        "Zhang, J. and Stephens, M. A. (2009). A new and efficient estimation method for the generalized "
        "Pareto distribution. Technometrics 51(3), 316–325.",
        "https://doi.org/10.1198/tech.2009.08017",
    ),
    (
        "manrique-vallier-2016",
        "Manrique-Vallier, D. (2016). Bayesian population size estimation using Dirichlet process mixtures. "
        "Biometrics 72(4), 1246–1254.",
        "https://doi.org/10.1111/biom.12502",
    ),
    (
        "cruyff-2017",
        "Cruyff, M., van Dijk, J. and van der Heijden, P. G. M. (2017). The challenge of counting victims "
        "of human trafficking: not on the record: a multiple systems estimation of the numbers of human "
        "trafficking victims in the Netherlands in 2010–2015 by year, age, gender, and type of "
        "exploitation. CHANCE 30(3), 41–49.",
        "https://doi.org/10.1080/09332480.2017.1383113",
    ),
    (
        "silverman-2020",
        "Silverman, B. W. (2020). Multiple-systems analysis for the quantification of modern slavery: "
        "classical and Bayesian approaches. Journal of the Royal Statistical Society A 183(3), 691–736.",
        "https://doi.org/10.1111/rssa.12505",
    ),
    (
        "chan-2021",
        "Chan, L., Silverman, B. W. and Vincent, K. (2021). Multiple systems estimation for sparse capture "
        "data: inferential challenges when there are nonoverlapping lists. Journal of the American "
        "Statistical Association 116(535), 1297–1306.",
        "https://doi.org/10.1080/01621459.2019.1708748",
    ),
    (
        "vehtari-2021",
        "Vehtari, A., Gelman, A., Simpson, D., Carpenter, B. and Bürkner, P.-C. (2021). "
        "Rank-normalization, folding, and localization: an improved R-hat for assessing convergence of MCMC. "
        "Bayesian Analysis 16(2), 667–718.",
        "https://doi.org/10.1214/20-BA1221",
    ),
    (
        "blackman-vigna-2021",
        "Blackman, D. and Vigna, S. (2021). Scrambled linear pseudorandom number generators. ACM "
        "Transactions on Mathematical Software 47(4), 36.",
        "https://doi.org/10.1145/3460772",
    ),
    (
        "sharifi-far-2021",
        "Sharifi Far, S., King, R., Bird, S., Overstall, A., Worthington, H. and Jewell, N. (2021). "
        "Multiple systems estimation for modern slavery: robustness of list omission and combination. Crime "
        "& Delinquency 67(13–14), 2213–2236.",
        "https://doi.org/10.1177/0011128720951429",
    ),
    (
        "whitehead-2021",
        "Whitehead, J., Jackson, J., Balch, A. and Francis, B. (2021). On the unreliability of multiple "
        "systems estimation for estimating the number of potential victims of modern slavery in the UK. "
        "Journal of Human Trafficking 7(1), 1–13.",
        "https://doi.org/10.1080/23322705.2019.1660952",
    ),
    (
        "binette-steorts-2022",
        "Binette, O. and Steorts, R. C. (2022). On the reliability of multiple systems estimation for the "
        "quantification of modern slavery. Journal of the Royal Statistical Society A 185(2), 640–676.",
        "https://arxiv.org/abs/2112.01594",
    ),
    (
        "aleshin-guendel-2024",
        "Aleshin-Guendel, S., Sadinle, M. and Wakefield, J. (2024). The central role of the identifying "
        "assumption in population size estimation. Biometrics 80(1), ujad028.",
        "https://doi.org/10.1093/biomtc/ujad028",
    ),
    (
        "vehtari-2024",
        "Vehtari, A., Simpson, D., Gelman, A., Yao, Y. and Gabry, J. (2024). Pareto smoothed importance "
        "sampling. Journal of Machine Learning Research 25(72), 1–58.",
        "https://jmlr.org/papers/v25/19-556.html",
    ),
    (
        "das-2024",
        "Das, M., Kennedy, E. H. and Jewell, N. P. (2024). Doubly robust capture-recapture methods for "
        "estimating population size. Journal of the American Statistical Association 119(546), 1309–1321.",
        "https://doi.org/10.1080/01621459.2023.2187814",
    ),
    (
        "van-der-laan-rubin-2006",
        "van der Laan, M. J. and Rubin, D. (2006). Targeted maximum likelihood learning. The International "
        "Journal of Biostatistics 2(1), article 11.",
        "https://doi.org/10.2202/1557-4679.1043",
    ),
    (
        "silverman-2024",
        "Silverman, B. W., Chan, L. and Vincent, K. (2024). Bootstrapping multiple systems estimates to "
        "account for model selection. Statistics and Computing 34, 44.",
        "https://doi.org/10.1007/s11222-023-10346-9",
    ),
)
