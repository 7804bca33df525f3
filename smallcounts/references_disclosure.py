"""The sources of disclosure control: key, full citation, link; made into references in references.py."""

from __future__ import annotations

from typing import Final

DISCLOSURE: Final[tuple[tuple[str, str, str], ...]] = (
    (
        "thompson-2013",
        "Thompson, G., Broadfoot, S. and Elazar, D. (2013). Methodology for the automatic "
        "confidentialisation of statistical outputs from remote servers at the Australian Bureau of "
        "Statistics. Joint UNECE/Eurostat Work Session on Statistical Data Confidentiality, Ottawa.",
        "https://unece.org/fileadmin/DAM/stats/documents/ece/ces/ge.46/2013/Topic_1_ABS.pdf",
    ),
    (
        "giessing-2016",
        "Giessing, S. (2016). Computational issues in the design of transition probabilities and disclosure "
        "risk estimation for additive noise. Privacy in Statistical Databases, LNCS 9867, 237–251.",
        "https://doi.org/10.1007/978-3-319-45381-1_18",
    ),
    (
        "asghar-kaafar-2020",
        "Asghar, H. J. and Kaafar, D. (2020). Averaging attacks on bounded noise-based disclosure control "
        "algorithms. Proceedings on Privacy Enhancing Technologies 2020(2), 358–378.",
        "https://doi.org/10.2478/popets-2020-0031",
    ),
    (
        "ons-cell-key",
        "Office for National Statistics (2026). cell-key-perturbation, version 3.1.0 (Python). MIT licence.",
        "https://github.com/ONSdigital/cell-key-perturbation",
    ),
    (
        "bun-steinke-2016",
        "Bun, M. and Steinke, T. (2016). Concentrated differential privacy: simplifications, extensions, and "
        "lower bounds. Theory of Cryptography (TCC 2016-B), LNCS 9985, 635–658.",
        "https://doi.org/10.1007/978-3-662-53641-4_24",
    ),
    (
        "cohen-nissim-2020",
        "Cohen, A. and Nissim, K. (2020). Towards formalizing the GDPR's notion of singling out. "
        "Proceedings of the National Academy of Sciences 117(15), 8344–8352.",
        "https://doi.org/10.1073/pnas.1914598117",
    ),
    (
        "giomi-2023",
        "Giomi, M., Boenisch, F., Wehmeyer, C. and Tasnádi, B. (2023). A unified framework for quantifying "
        "privacy risk in synthetic data. Proceedings on Privacy Enhancing Technologies 2023(2), 312–328.",
        "https://doi.org/10.56553/popets-2023-0055",
    ),
    (
        "kenthapadi-2005",
        "Kenthapadi, K., Mishra, N. and Nissim, K. (2005). Simulatable auditing. Proceedings of the 24th ACM "
        "SIGMOD-SIGACT-SIGART Symposium on Principles of Database Systems (PODS), 118–127.",
        "https://doi.org/10.1145/1065167.1065183",
    ),
)
