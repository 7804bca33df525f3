"""The sources of the published tables of lists: (key, full citation, link), added in `references`."""

from __future__ import annotations

from typing import Final

LISTS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "hook-1980",
        "Hook, E. B., Albright, S. G. and Cross, P. K. (1980). Use of Bernoulli census and log-linear "
        "methods for estimating the prevalence of spina bifida in livebirths and the completeness of vital "
        "record reports in New York State. American Journal of Epidemiology 112(6), 750–758.",
        "https://academic.oup.com/aje",
    ),
    (
        "coulson-1984",
        "Coulson, J. C. (1984). The population dynamics of the Eider Duck Somateria mollissima and evidence "
        "of extensive non-breeding by adult ducks. Ibis 126(4), 525–543.",
        "https://doi.org/10.1111/j.1474-919X.1984.tb02078.x",
    ),
    (
        "cormack-1989",
        "Cormack, R. M. (1989). Log-linear models for capture-recapture. Biometrics 45(2), 395–413.",
        "https://doi.org/10.2307/2531485",
    ),
    (
        "agresti-1994",
        "Agresti, A. (1994). Simple capture-recapture models permitting unequal catchability and variable "
        "sampling effort. Biometrics 50(2), 494–500.",
        "https://doi.org/10.2307/2533391",
    ),
    (
        "ball-2002",
        "Ball, P., Betts, W., Scheuren, F., Dudukovich, J. and Asher, J. (2002). Killings and Refugee Flow "
        "in Kosovo, March–June 1999. Washington: American Association for the Advancement of Science and "
        "American Bar Association.",
        "https://hrdag.org/",
    ),
    (
        "king-2013",
        "King, R., Bird, S. M., Overstall, A., Hay, G. and Hutchinson, S. J. (2013). Injecting drug users "
        "in Scotland, 2006: listing, number, demography, and opiate-related death-rates. Addiction Research "
        "& Theory 21(3), 235–246.",
        "https://www.tandfonline.com/",
    ),
    (
        "overstall-2014",
        "Overstall, A. M., King, R., Bird, S. M., Hutchinson, S. J. and Hay, G. (2014). Incomplete "
        "contingency tables with censored cells with application to estimating the number of people who "
        "inject drugs in Scotland. Statistics in Medicine 33(9), 1564–1579.",
        "https://doi.org/10.1002/sim.6047",
    ),
    (
        "silverman-2014",
        "Silverman, B. W. (2014). Modern Slavery: an application of Multiple Systems Estimation. London: "
        "Home Office.",
        "https://www.gov.uk/government/publications/modern-slavery-an-application-of-multiple-systems-estimation",
    ),
    (
        "bales-2015",
        "Bales, K., Hesketh, O. and Silverman, B. (2015). Modern slavery in the UK: how many victims? "
        "Significance 12(3), 16–21.",
        "https://doi.org/10.1111/j.1740-9713.2015.00824.x",
    ),
    (
        "ball-2018",
        'Ball, P., Shin, E. H. and Yang, H. (2018). There may have been 14 undocumented Korean "comfort '
        'women" in Palembang, Indonesia. Technical memo. San Francisco: Human Rights Data Analysis Group.',
        "https://hrdag.org/",
    ),
)
