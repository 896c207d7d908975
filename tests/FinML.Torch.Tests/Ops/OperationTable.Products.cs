using static FinML.Torch.Tests.Ops.Sample;
using F = FinML.Torch.torch.nn.functional;

namespace FinML.Torch.Tests.Ops;

/// <summary>Products, einsum and what is made of them.</summary>
internal static partial class OperationTable
{
    private static Operation[] Products =>
    [
        Op("mv", (x, y) => x.mv(y), Any(2, 3), Any(3)),
        Op("inner", (x, y) => x.inner(y), Any(2, 3), Any(4, 3)),
        Op("inner numbers", (x, y) => x.inner(y), Any(), Any(2)),
        Op("ger", (x, y) => x.ger(y), Any(2), Any(3)),
        Op("vdot", (x, y) => x.vdot(y), Any(3), Any(3)),
        Op("kron", (x, y) => x.kron(y), Any(2, 2), Any(2, 3)),
        Op("kron vector", (x, y) => x.kron(y), Any(2), Any(2, 2)),
        Op("tensordot", (x, y) => x.tensordot(y, 2), Any(2, 3, 2), Any(3, 2, 2)),
        Op("tensordot axes", (x, y) => x.tensordot(y, [0, 2], [1, 0]), Any(2, 3, 4), Any(4, 2)),
        Op("tensordot nothing", (x, y) => x.tensordot(y, 0), Any(2), Any(3)),
        Op("addmv", (x, y, z) => x.addmv(y, z, 0.5f, 2), Any(2), Any(2, 3), Any(3)),
        Op("addr", (x, y, z) => x.addr(y, z, 0.5f, 2), Any(2, 3), Any(2), Any(3)),
        Op("baddbmm", (x, y, z) => x.baddbmm(y, z, 0.5f, 2), Any(2, 2, 2), Any(2, 2, 3), Any(2, 3, 2)),
        Op("addbmm", (x, y, z) => x.addbmm(y, z, 0.5f, 2), Any(2, 2), Any(2, 2, 3), Any(2, 3, 2)),
        Op("chain_matmul", (x, y, z) => torch.chain_matmul(x, y, z), Any(2, 3), Any(3, 4), Any(4, 2)),
        Op("cdist", (x, y) => torch.cdist(x, y), Any(3, 2), Any(2, 2)),
        Op("cdist batch", (x, y) => torch.cdist(x, y, 1), Any(2, 3, 2), Any(2, 2, 2)),
        Op("cdist inf", (x, y) => torch.cdist(x, y, double.PositiveInfinity), Any(2, 3), Plus(2, 3)),
        Op("einsum product", (x, y) => torch.einsum("ik,kj->ij", x, y), Any(2, 3), Any(3, 4)),
        Op("einsum batch", (x, y) => torch.einsum("bij,bjk->bik", x, y), Any(2, 2, 3), Any(2, 3, 2)),
        Op("einsum implicit", (x, y) => torch.einsum("ba,bc", x, y), Any(2, 3), Any(2, 2)),
        Op("einsum trace", x => torch.einsum("ii", x), Any(3, 3)),
        Op("einsum diagonal", x => torch.einsum("iij->ji", x), Any(3, 3, 2)),
        Op("einsum transposed", x => torch.einsum("...ij->...ji", x), Any(2, 2, 3)),
        Op("einsum ellipsis", (x, y) => torch.einsum("...ij,jk->...ik", x, y), Any(2, 2, 3), Any(3, 2)),
        Op("einsum ellipsis broadcast", (x, y) => torch.einsum("i...,...j->...ij", x, y), Any(2, 3), Any(2, 3, 2)),
        Op("einsum ellipsis gone", (x, y) => torch.einsum("...i,i->", x, y), Any(2, 2, 3), Any(3)),
        Op("einsum outer", (x, y, z) => torch.einsum("i,j,k->kij", x, y, z), Any(2), Any(3), Any(2)),
        Op("einsum sum", x => torch.einsum("ij->j", x), Any(2, 3)),
        Op("einsum pointwise", (x, y) => torch.einsum("ij,ij->ij", x, y), Any(2, 3), Any(2, 3)),
        Op("einsum rows", (x, y) => torch.einsum("ij,ij->i", x, y), Any(2, 3), Any(2, 3)),
        Op("einsum bilinear",
            (x, y, z) => torch.einsum("bn,anm,bm->ba", x, y, z), Any(2, 3), Any(2, 3, 2), Any(2, 2)),
        Op("einsum attention", (x, y) => torch.einsum("bqhd,bkhd->bhqk", x, y), Any(2, 2, 2, 3), Any(2, 3, 2, 3)),
        Op("einsum size one", (x, y) => torch.einsum("ij,jk->ik", x, y), Any(2, 1), Any(3, 2)),
        Op("einsum four",
            (x, y, z, w) => torch.einsum("ab,bc,cd,da->", x, y, z, w), Any(2, 3), Any(3, 2), Any(2, 3), Any(3, 2)),
    ];
}
