"""Every source once: key, full citation, link. Results name their sources by these keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from smallcounts.references_change import CHANGE
from smallcounts.references_disclosure import DISCLOSURE
from smallcounts.references_lists import LISTS
from smallcounts.references_mse import MSE


@dataclass(frozen=True, slots=True)
class Reference:
    """One publication. `link` is a DOI address where the publication has one."""

    key: str
    citation: str
    link: str


_ALL: Final = (
    Reference(
        "garwood-1936",
        "Garwood, F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28(3/4), 437–442.",
        "https://doi.org/10.2307/2333958",
    ),
    Reference(
        "lancaster-1961",
        "Lancaster, H. O. (1961). Significance tests in discrete distributions. "
        "Journal of the American Statistical Association 56(294), 223–234.",
        "https://doi.org/10.1080/01621459.1961.10482105",
    ),
    Reference(
        "berry-armitage-1995",
        "Berry, G. and Armitage, P. (1995). Mid-P confidence intervals: a brief review. "
        "The Statistician 44(4), 417–423.",
        "https://doi.org/10.2307/2348891",
    ),
    Reference(
        "przyborowski-wilenski-1940",
        "Przyborowski, J. and Wilenski, H. (1940). Homogeneity of results in testing samples from Poisson "
        "series: with an application to testing clover seed for dodder. Biometrika 31(3/4), 313–323.",
        "https://doi.org/10.2307/2332612",
    ),
    Reference(
        "clopper-pearson-1934",
        "Clopper, C. J. and Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in "
        "the case of the binomial. Biometrika 26(4), 404–413.",
        "https://doi.org/10.1093/biomet/26.4.404",
    ),
    Reference(
        "breslow-day-1987",
        "Breslow, N. E. and Day, N. E. (1987). Statistical Methods in Cancer Research, Volume II: The Design "
        "and Analysis of Cohort Studies. IARC Scientific Publications 82. Lyon: International "
        "Agency for Research on Cancer.",
        "https://publications.iarc.fr/",
    ),
    Reference(
        "clayton-kaldor-1987",
        "Clayton, D. and Kaldor, J. (1987). Empirical Bayes estimates of age-standardized relative risks for "
        "use in disease mapping. Biometrics 43(3), 671–681.",
        "https://doi.org/10.2307/2532003",
    ),
    Reference(
        "morris-1983",
        "Morris, C. N. (1983). Parametric empirical Bayes inference: theory and applications. "
        "Journal of the American Statistical Association 78(381), 47–55.",
        "https://doi.org/10.1080/01621459.1983.10477920",
    ),
    Reference(
        "chung-2013",
        "Chung, Y., Rabe-Hesketh, S., Dorie, V., Gelman, A. and Liu, J. (2013). A nondegenerate penalized "
        "likelihood estimator for variance parameters in multilevel models. Psychometrika 78(4), 685–709.",
        "https://doi.org/10.1007/s11336-013-9328-2",
    ),
    Reference(
        "robinson-smyth-2008",
        "Robinson, M. D. and Smyth, G. K. (2008). Small-sample estimation of negative binomial dispersion, "
        "with applications to SAGE data. Biostatistics 9(2), 321–332.",
        "https://doi.org/10.1093/biostatistics/kxm030",
    ),
    Reference(
        "berger-1999",
        "Berger, J. O., Liseo, B. and Wolpert, R. L. (1999). Integrated likelihood methods for eliminating "
        "nuisance parameters. Statistical Science 14(1), 1–28.",
        "https://doi.org/10.1214/ss/1009211804",
    ),
    Reference(
        "cox-reid-1987",
        "Cox, D. R. and Reid, N. (1987). Parameter orthogonality and approximate conditional inference. "
        "Journal of the Royal Statistical Society B 49(1), 1–39.",
        "https://doi.org/10.1111/j.2517-6161.1987.tb01422.x",
    ),
    Reference(
        "spiegelhalter-2005",
        "Spiegelhalter, D. J. (2005). Funnel plots for comparing institutional performance. "
        "Statistics in Medicine 24(8), 1185–1202.",
        "https://doi.org/10.1002/sim.1970",
    ),
    Reference(
        "dersimonian-laird-1986",
        "DerSimonian, R. and Laird, N. (1986). Meta-analysis in clinical trials. "
        "Controlled Clinical Trials 7(3), 177–188.",
        "https://doi.org/10.1016/0197-2456(86)90046-2",
    ),
    Reference(
        "jeffreys-1946",
        "Jeffreys, H. (1946). An invariant form for the prior probability in estimation problems. "
        "Proceedings of the Royal Society of London A 186(1007), 453–461.",
        "https://doi.org/10.1098/rspa.1946.0056",
    ),
    Reference(
        "goldstein-spiegelhalter-1996",
        "Goldstein, H. and Spiegelhalter, D. J. (1996). League tables and their limitations: statistical "
        "issues in comparisons of institutional performance. Journal of the Royal Statistical Society A "
        "159(3), 385–443.",
        "https://doi.org/10.2307/2983325",
    ),
    Reference(
        "laird-louis-1989",
        "Laird, N. M. and Louis, T. A. (1989). Empirical Bayes ranking methods. "
        "Journal of Educational Statistics 14(1), 29–46.",
        "https://doi.org/10.3102/10769986014001029",
    ),
    Reference(
        "besag-york-mollie-1991",
        "Besag, J., York, J. and Mollié, A. (1991). Bayesian image restoration, with two applications in "
        "spatial statistics. Annals of the Institute of Statistical Mathematics 43(1), 1–20.",
        "https://doi.org/10.1007/BF00116466",
    ),
    Reference(
        "riebler-2016",
        "Riebler, A., Sørbye, S. H., Simpson, D. and Rue, H. (2016). An intuitive Bayesian spatial model "
        "for disease mapping that accounts for scaling. Statistical Methods in Medical "
        "Research 25(4), 1145–1165.",
        "https://doi.org/10.1177/0962280216660421",
    ),
    Reference(
        "freni-sterrantino-2018",
        "Freni-Sterrantino, A., Ventrucci, M. and Rue, H. (2018). A note on intrinsic conditional "
        "autoregressive models for disconnected graphs. Spatial and Spatio-temporal Epidemiology 26, 25–34.",
        "https://doi.org/10.1016/j.sste.2018.04.002",
    ),
    Reference(
        "simpson-2017",
        "Simpson, D., Rue, H., Riebler, A., Martins, T. G. and Sørbye, S. H. (2017). Penalising model "
        "component complexity: a principled, practical approach to constructing priors. "
        "Statistical Science 32(1), 1–28.",
        "https://doi.org/10.1214/16-STS576",
    ),
    Reference(
        "rue-2009",
        "Rue, H., Martino, S. and Chopin, N. (2009). Approximate Bayesian inference for latent Gaussian "
        "models by using integrated nested Laplace approximations. Journal of the Royal Statistical "
        "Society B 71(2), 319–392.",
        "https://doi.org/10.1111/j.1467-9868.2008.00700.x",
    ),
    Reference(
        "van-niekerk-rue-2024",
        "van Niekerk, J. and Rue, H. (2024). Low-rank variational Bayes correction to the Laplace method. "
        "Journal of Machine Learning Research 25(62), 1–25.",
        "https://arxiv.org/abs/2111.12945",
    ),
    Reference(
        "raudenbush-2000",
        "Raudenbush, S. W., Yang, M.-L. and Yosef, M. (2000). Maximum likelihood for generalized linear "
        "models with nested random effects via high-order, multivariate Laplace approximation. "
        "Journal of Computational and Graphical Statistics 9(1), 141–157.",
        "https://doi.org/10.1080/10618600.2000.10474870",
    ),
    Reference(
        "wood-2011",
        "Wood, S. N. (2011). Fast stable restricted maximum likelihood and marginal likelihood estimation of "
        "semiparametric generalized linear models. Journal of the Royal Statistical Society B 73(1), 3–36.",
        "https://doi.org/10.1111/j.1467-9868.2010.00749.x",
    ),
    Reference(
        "kulldorff-1997",
        "Kulldorff, M. (1997). A spatial scan statistic. "
        "Communications in Statistics – Theory and Methods 26(6), 1481–1496.",
        "https://doi.org/10.1080/03610929708831995",
    ),
    Reference(
        "kemp-1985",
        "Kemp, I., Boyle, P., Smans, M. and Muir, C. (1985). Atlas of Cancer in Scotland 1975–1980: "
        "Incidence and Epidemiological Perspective. IARC Scientific Publications 72. Lyon: International "
        "Agency for Research on Cancer.",
        "https://publications.iarc.fr/",
    ),
    Reference(
        "breslow-clayton-1993",
        "Breslow, N. E. and Clayton, D. G. (1993). Approximate inference in generalized linear mixed models. "
        "Journal of the American Statistical Association 88(421), 9–25.",
        "https://doi.org/10.1080/01621459.1993.10594284",
    ),
    Reference(
        "lauritzen-1996",
        "Lauritzen, S. L. (1996). Graphical Models. Oxford Statistical Science Series 17. "
        "Oxford: Clarendon Press.",
        "https://global.oup.com/academic/product/graphical-models-9780198522195",
    ),
    Reference(
        "cox-1987",
        "Cox, L. H. (1987). A constructive procedure for unbiased controlled rounding. "
        "Journal of the American Statistical Association 82(398), 520–524.",
        "https://doi.org/10.1080/01621459.1987.10478456",
    ),
    Reference(
        "salazar-gonzalez-2006",
        "Salazar-González, J.-J. (2006). Controlled rounding and cell perturbation: statistical disclosure "
        "limitation methods for tabular data. Mathematical Programming.",
        "https://link.springer.com/journal/10107",
    ),
    Reference(
        "fischetti-salazar-2001",
        "Fischetti, M. and Salazar, J. J. (2001). Solving the cell suppression problem on tabular data with "
        "linear constraints. Management Science 47(7), 1008–1027.",
        "https://doi.org/10.1287/mnsc.47.7.1008.9805",
    ),
    Reference(
        "huangfu-hall-2018",
        "Huangfu, Q. and Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. "
        "Mathematical Programming Computation 10(1), 119–142.",
        "https://doi.org/10.1007/s12532-017-0130-5",
    ),
    Reference(
        "diaconis-sturmfels-1998",
        "Diaconis, P. and Sturmfels, B. (1998). Algebraic algorithms for sampling from conditional "
        "distributions. Annals of Statistics 26(1), 363–397.",
        "https://doi.org/10.1214/aos/1030563990",
    ),
    Reference(
        "dunn-1961",
        "Dunn, O. J. (1961). Multiple comparisons among means. Journal of the American Statistical "
        "Association 56(293), 52–64.",
        "https://doi.org/10.1080/01621459.1961.10482090",
    ),
    Reference(
        "kiresuk-sherman-1968",
        "Kiresuk, T. J. and Sherman, R. E. (1968). Goal attainment scaling: A general method for evaluating "
        "comprehensive community mental health programs. Community Mental Health Journal 4(6), 443–453.",
        "https://doi.org/10.1007/BF01530764",
    ),
    *(Reference(*source) for source in (*CHANGE, *DISCLOSURE, *LISTS, *MSE)),
)

REFERENCES: Final[Mapping[str, Reference]] = MappingProxyType({r.key: r for r in _ALL})


def reference(key: str) -> Reference:
    """The source with this key; KeyError that names the key when there is none."""
    if key not in REFERENCES:
        raise KeyError(f"no source has the key '{key}'; the sources stand in smallcounts/references.py")
    return REFERENCES[key]
