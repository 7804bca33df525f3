"""The negative-binomial panel in PyMC, sampled by nutpie: the peer of `smallcounts.rates.panel`.

Run in a throw-away environment, never the product's:
    pip install pymc==5.28.5 nutpie==0.16.8 'matplotlib<3.11'
    OPENBLAS_NUM_THREADS=1 python benchmarks/peers/panel_pymc.py cells.csv borders.csv --out reference.csv

`cells.csv` has the columns area,period,count,population; `borders.csv` area_a,area_b.
"""

import argparse
import csv
import json
import time
from pathlib import Path

import arviz as az
import numpy as np
import nutpie
import pymc as pm
from bym2_pymc import scaled_graph


def read(cells_path, borders_path):
    """Area codes, counts and expected counts (areas x periods) and border pairs as indices."""
    with Path(cells_path).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    areas = sorted({row["area"] for row in rows})
    periods = sorted({row["period"] for row in rows})
    counts, population = np.zeros((2, len(areas), len(periods)))
    for row in rows:
        cell = areas.index(row["area"]), periods.index(row["period"])
        counts[cell], population[cell] = int(row["count"]), float(row["population"])
    with Path(borders_path).open(encoding="utf-8") as file:
        pairs = [(areas.index(r["area_a"]), areas.index(r["area_b"])) for r in csv.DictReader(file)]
    return areas, counts, population * counts.sum() / population.sum(), pairs


def model(counts, expected, pairs):
    """Area effect BYM2, year effect independent with sum nought, size k with 1/sqrt(k) exponential."""
    n, years = counts.shape
    _, _, root = scaled_graph(n, pairs)
    basis = np.linalg.qr(np.eye(years) - 1 / years)[0][:, : years - 1]
    rate = -np.log(0.01)
    with pm.Model() as built:
        b0 = pm.Normal("b0", 0, 10)
        s = pm.Exponential("s", rate)
        r = pm.Beta("r", 0.5, 0.5)
        year_sd = pm.Exponential("year_sd", rate)
        scatter = pm.Exponential("scatter", rate)
        v = pm.Normal("v", 0, 1, shape=n)
        u = pm.math.dot(root, pm.Normal("z", 0, 1, shape=n - 1))
        eta = pm.Deterministic("eta", b0 + s * (pm.math.sqrt(1 - r) * v + pm.math.sqrt(r) * u))
        t = pm.Deterministic("t", year_sd * pm.math.dot(basis, pm.Normal("w", 0, 1, shape=years - 1)))
        mean = expected * pm.math.exp(eta[:, None] + t[None, :])
        pm.NegativeBinomial("y", mu=mean, alpha=scatter**-2, observed=counts)
    return built


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cells")
    parser.add_argument("borders")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--tune", type=int, default=1000)
    parser.add_argument("--chains", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out")
    args = parser.parse_args()
    areas, counts, expected, pairs = read(args.cells, args.borders)
    cpu = time.process_time()
    compiled = nutpie.compile_pymc_model(model(counts, expected, pairs))
    compile_cpu = time.process_time() - cpu
    cpu = time.process_time()
    trace = nutpie.sample(
        compiled, draws=args.draws, tune=args.tune, chains=args.chains, cores=1, seed=args.seed,
        progress_bar=False,
    )  # fmt: skip
    sample_cpu = time.process_time() - cpu
    posterior = trace.posterior
    rate = np.exp(posterior["eta"].values.reshape(-1, len(areas)))
    if args.out:
        lower, upper = np.quantile(rate, [0.025, 0.975], axis=0)
        with Path(args.out).open("w", encoding="utf-8") as file:
            file.write("area,mean,lower,upper\n")
            for row in zip(areas, rate.mean(axis=0), lower, upper, strict=True):
                file.write("{},{:.5f},{:.5f},{:.5f}\n".format(*row))
    hyper = {k: posterior[k].values.ravel() for k in ("b0", "s", "r", "year_sd", "scatter")}
    hyper["size"] = hyper["scatter"] ** -2
    for j in range(counts.shape[1]):
        hyper[f"t{j}"] = posterior["t"].values[..., j].ravel()
    ess = az.ess(posterior, var_names=["b0", "s", "r", "year_sd", "scatter", "eta", "t"])
    print(json.dumps({
        "compile_cpu": round(compile_cpu, 2), "sample_cpu": round(sample_cpu, 2),
        "ess": {k: round(float(ess[k].min()), 0) for k in ess},
        "hyper": {k: [round(float(v.mean()), 4), *np.round(np.quantile(v, [0.025, 0.5, 0.975]), 4).tolist()]
                  for k, v in hyper.items()},
    }))  # fmt: skip


if __name__ == "__main__":
    main()
