# Makes stata_ivregress.csv in src/FinML.Verification/Samples: python3 make_ivregress.py FOLDER, where FOLDER holds
# stata-iv-simulated-results.txt, the logs of Stata 13's ivregress that bashtage/linearmodels (commit 2ce5503d) keeps in
# linearmodels/tests/iv/results: unweighted, with a constant, x3 x4 x5 exogenous, moments not centred. kappa is kappa
# for 2sls and liml, and J for gmm.
import re
import sys

rows = []
for block in open(sys.argv[1] + "/stata-iv-simulated-results.txt").read().split("########## !")[1:]:
    key, body = block.split("! ##########")
    method, endog, exog, instr, weighted, variance, other = re.match(
        r"(\w+)-num_endog_(\d)-num_exog_(\d)-num_instr_(\d)-weighted_(\w+)-(?:vce|wmatrix)\((.*)\)-(.*)", key).groups()
    if weighted == "True" or exog != "3" or other not in ("", "small"):
        continue
    lines = [line.rstrip("\n").split("\t") for line in body.split("***")[0].strip("\n").split("\n")]
    value = {line[0]: line[1] for line in lines if len(line) == 2}
    t = {lines[i - 1][0]: lines[i][-1] for i in range(1, len(lines)) if lines[i][0] == "" and len(lines[i - 1]) == 2}
    rows.append([method, endog, instr, variance.split()[0], other or "asymptotic", value["x1"], t["x1"], value["_cons"],
                 t["_cons"], value.get("kappa") or value["J"] or "0"])
with open("../../../src/FinML.Verification/Samples/stata_ivregress.csv", "w") as out:
    out.write("method,endogenous,instruments,variance,small,x1,x1_t,constant,constant_t,kappa\n")
    out.writelines(",".join(row) + "\n" for row in rows)
