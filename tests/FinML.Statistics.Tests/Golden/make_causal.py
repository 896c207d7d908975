# Makes pcmci_chain.csv and pcmci_links.csv: python3 make_causal.py FOLDER (Debian's python3-numpy 1.24, python3-scipy
# 1.10), FOLDER a copy of github.com/jakobrunge/tigramite (commit ff3ff13e). The chain is that of its
# tests/test_pcmci_calculations.py, a_chain(0.5, 0.6), 300 periods.
import sys
import numpy as np
sys.path.insert(0, sys.argv[1])
from tigramite.pcmci import PCMCI
from tigramite.independence_tests.parcorr import ParCorr
import tigramite.data_processing as pp

T, warm = 300, 100
noise = np.random.default_rng(7).standard_normal((T + warm, 3))
x = np.zeros((T + warm, 3))
for t in range(1, T + warm):
    for j in range(3):
        x[t, j] = .5 * x[t - 1, j] + (.6 * x[t - 1, j - 1] if j > 0 else 0) + noise[t, j]
x = x[warm:]
np.savetxt("pcmci_chain.csv", x, fmt="%.17g", delimiter=",", header="x0,x1,x2", comments="")
run = PCMCI(dataframe=pp.DataFrame(x), cond_ind_test=ParCorr(), verbosity=0)
r = run.run_pcmci(tau_min=1, tau_max=3, pc_alpha=0.2)
q = run.get_corrected_pvalues(p_matrix=r["p_matrix"], fdr_method="fdr_bh", tau_min=1, tau_max=3)
with open("pcmci_links.csv", "w") as out:
    out.write("from,to,lag,value,p,fdr\n")
    for i in range(3):
        for j in range(3):
            for lag in range(1, 4):
                cells = [r["val_matrix"][i, j, lag], r["p_matrix"][i, j, lag], q[i, j, lag]]
                out.write(f"{i},{j},{lag}," + ",".join(f"{c:.17g}" for c in cells) + "\n")
print(run.all_parents)
r = run.run_pcmci(tau_min=1, tau_max=3, pc_alpha=None)  # the level chosen by the Akaike criterion
print(run.all_parents, repr(r["val_matrix"][0, 2, 2]), repr(r["p_matrix"][0, 2, 2]))
