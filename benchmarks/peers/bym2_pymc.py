"""The BYM2 model in PyMC, sampled by nutpie: the peer our own fit is measured against.

Run in a throw-away environment, never the product's (PyMC and JAX weigh more than a gigabyte):
    pip install pymc==5.28.5 nutpie==0.16.8 'matplotlib<3.11'
    OPENBLAS_NUM_THREADS=1 python benchmarks/peers/bym2_pymc.py counts.csv borders.csv
    … --exact --draws 15000 --chains 4 --out reference.csv     (how the stored reference was made)

`counts.csv` has the columns area,count,expected; `borders.csv` area_a,area_b.
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


def read(counts_path, borders_path):
    """Area codes, counts, expected counts and border pairs as indices."""
    with Path(counts_path).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    areas = [row["area"] for row in rows]
    at = {code: i for i, code in enumerate(areas)}
    with Path(borders_path).open(encoding="utf-8") as file:
        pairs = [(at[row["area_a"]], at[row["area_b"]]) for row in csv.DictReader(file)]
    counts = np.array([int(row["count"]) for row in rows])
    expected = np.array([float(row["expected"]) for row in rows])
    return areas, counts, expected, pairs


def scaled_graph(n, pairs):
    """Adjacency, scale c (Riebler et al. 2016) and a root of the scaled generalised inverse."""
    adjacency = np.zeros((n, n))
    for a, b in pairs:
        adjacency[a, b] = adjacency[b, a] = 1
    laplacian = np.diag(adjacency.sum(axis=1)) - adjacency
    values, vectors = np.linalg.eigh(laplacian)
    assert values[1] > 1e-9, "the peer knows connected graphs only"
    root = vectors[:, 1:] / np.sqrt(values[1:])
    c = np.exp(np.mean(np.log((root**2).sum(axis=1))))
    return adjacency, c, root / np.sqrt(c)


def model(counts, expected, pairs, exact):
    """PC prior P(s > 1) = 0.01, share ~ Beta(1/2, 1/2). `exact` keeps the sum of u at zero exactly."""
    n = len(counts)
    adjacency, c, root = scaled_graph(n, pairs)
    with pm.Model() as built:
        b0 = pm.Normal("b0", 0, 10)
        s = pm.Exponential("s", -np.log(0.01))
        r = pm.Beta("r", 0.5, 0.5)
        v = pm.Normal("v", 0, 1, shape=n)
        if exact:
            u = pm.math.dot(root, pm.Normal("z", 0, 1, shape=n - 1))
        else:
            u = pm.ICAR("u", W=adjacency, sigma=1) / np.sqrt(c)
        eta = pm.Deterministic("eta", b0 + s * (pm.math.sqrt(1 - r) * v + pm.math.sqrt(r) * u))
        pm.Poisson("y", expected * pm.math.exp(eta), observed=counts)
    return built


def write(path, areas, counts, expected, eta):
    """Mean, sd and 95 % limits of each relative rate."""
    rate = np.exp(eta)
    lower, upper = np.quantile(rate, [0.025, 0.975], axis=0)
    with Path(path).open("w", encoding="utf-8") as file:
        file.write("area,count,expected,mean,lower,upper\n")
        for row in zip(areas, counts, expected, rate.mean(axis=0), lower, upper, strict=True):
            file.write("{},{},{:.6f},{:.5f},{:.5f},{:.5f}\n".format(*row))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("counts")
    parser.add_argument("borders")
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--tune", type=int, default=1000)
    parser.add_argument("--chains", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exact", action="store_true")
    parser.add_argument("--out")
    args = parser.parse_args()
    areas, counts, expected, pairs = read(args.counts, args.borders)
    cpu, wall = time.process_time(), time.perf_counter()
    compiled = nutpie.compile_pymc_model(model(counts, expected, pairs, args.exact))
    compile_cpu, compile_wall = time.process_time() - cpu, time.perf_counter() - wall
    cpu, wall = time.process_time(), time.perf_counter()
    trace = nutpie.sample(
        compiled,
        draws=args.draws,
        tune=args.tune,
        chains=args.chains,
        cores=1,
        seed=args.seed,
        progress_bar=False,
    )
    sample_cpu, sample_wall = time.process_time() - cpu, time.perf_counter() - wall
    posterior = trace.posterior
    eta = posterior["eta"].values.reshape(-1, len(counts))
    if args.out:
        write(args.out, areas, counts, expected, eta)
    hyper = {k: posterior[k].values.ravel() for k in ("b0", "s", "r")}
    ess = az.ess(posterior, var_names=["b0", "s", "r", "eta"])
    print(json.dumps({
        "compile_cpu": round(compile_cpu, 2), "compile_wall": round(compile_wall, 2),
        "sample_cpu": round(sample_cpu, 2), "sample_wall": round(sample_wall, 2),
        "ess": {k: round(float(ess[k].min()), 0) for k in ("b0", "s", "r", "eta")},
        "divergences": int(trace.sample_stats["diverging"].sum()),
        "hyper": {k: [round(float(v.mean()), 4), *np.round(np.quantile(v, [0.025, 0.5, 0.975]), 4).tolist()]
                  for k, v in hyper.items()},
    }))  # fmt: skip


if __name__ == "__main__":
    main()
