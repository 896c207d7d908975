using System.Reflection;

namespace FinML.Torch.Tests.Autograd;

/// <summary>Writing over what the backward pass needs is seen, whoever writes and through whatever view.</summary>
public class InPlaceTests
{
    public static TheoryData<string, Action<Tensor>> Writers
    {
        get
        {
            TheoryData<string, Action<Tensor>> data = new()
            {
                { "index assignment", t => t[1] = torch.tensor(5f) },
                { "slice assignment", t => t[TensorIndex.Slice(0, 2)] = torch.zeros(2) },
                { "mask assignment", t => t[t.gt(0)] = torch.tensor(0f) },
                { "index list assignment", t => t[torch.tensor([0L, 2L])] = torch.zeros(2) },
                { "view", t => t.view(2, 2).add_(1) },
                { "narrow", t => t.narrow(0, 1, 2).mul_(2) },
                { "transpose", t => t.view(2, 2).t().select(0, 0).fill_(3) },
                { "expand base", t => t.unsqueeze(0).squeeze(0).zero_() },
                { "detach", t => t.detach().sub_(1) },
                { "alias", t => t.alias().neg_() },
                { "accessor", t => t.data<float>()[0] = 9 },
            };
            foreach (MethodInfo method in InPlaceMethods())
            {
                bool ofMatrix = method.Name is "tril_" or "triu_";
                data.Add(Signature(method), t => Invoke(method, ofMatrix ? t.view(2, 2) : t));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void AWriteToASavedTensorIsSeen(string name, Action<Tensor> write)
    {
        Tensor x = torch.tensor([0.1f, 0.2f, 0.3f, 0.4f], requires_grad: true);
        Tensor y = x.exp(), loss = y.sum(); // exp saves its result
        using (torch.no_grad())
        {
            if (Record.Exception(() => write(y)) is ArgumentException)
            {
                return; // not defined for a float vector
            }
        }

        string message = Assert.Throws<InvalidOperationException>(() => loss.backward()).Message;
        Assert.Contains("'exp' saved", message);
        Assert.Contains("modified by an in-place operation (", message);
        if (name.Contains("_("))
        {
            // An alias is named by what it stands for.
            string writer = message[(message.IndexOf("operation (") + 11)..message.IndexOf("): it is at")];
            Assert.True(typeof(Tensor).GetMethods().Any(m => m.Name == writer && writer.EndsWith('_')), message);
        }
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void ALeafThatRequiresGradIsRefused(string name, Action<Tensor> write)
    {
        if (name is "detach" or "accessor")
        {
            return; // these leave the graph on purpose
        }

        Tensor x = torch.tensor([0.1f, 0.2f, 0.3f, 0.4f], requires_grad: true);
        Exception? error = Record.Exception(() => write(x));
        Assert.True(error is ArgumentException || error is InvalidOperationException, $"{name}: {error}");
        Assert.True(error is ArgumentException || error.Message.Contains("leaf that requires grad"), error.Message);
        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f], x.data<float>().ToArray());
    }

    [Fact]
    public void RecordedWritesThroughViewsReachTheBase()
    {
        Tensor x = torch.tensor([1.0, 2.0, 3.0, 4.0]);
        GradCheck.Check(
            t =>
            {
                Tensor y = t[0] * 1, rows = y.view(2, 2), second = rows[1];
                second.mul_(t[1]);
                y[0] = t[1].sum();
                return y * rows.reshape(-1);
            },
            [x, torch.tensor([0.5, -1.5])]);
    }

    // In-place methods of one tensor that need no more than numbers, tensors and generators.
    private static IEnumerable<MethodInfo> InPlaceMethods() =>
        typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(m => m.Name.EndsWith('_') && m.ReturnType == typeof(Tensor) && !m.IsGenericMethod
                && m.Name is not ("requires_grad_" or "detach_")
                && m.GetParameters().All(p => Example(m, p) != DBNull.Value));

    private static string Signature(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

    private static void Invoke(MethodInfo method, Tensor target)
    {
        try
        {
            method.Invoke(target, [.. method.GetParameters().Select(p => Example(method, p))]);
        }
        catch (TargetInvocationException error) when (error.InnerException is not null)
        {
            throw error.InnerException;
        }
    }

    private static object? Example(MethodInfo method, ParameterInfo parameter)
    {
        Type type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        bool mask = parameter.Name is "mask";
        return type switch
        {
            _ when type == typeof(Tensor) => mask ? torch.tensor([true, false, true, false])
                : parameter.Name is "index" ? torch.tensor([0L, 1L, 2L, 3L])
                : parameter.Name is "condition" ? DBNull.Value : torch.tensor([0.4f, 0.5f, 0.6f, 0.7f]),
            _ when type == typeof(Scalar) => (Scalar)0.5,
            _ when type == typeof(double) => 0.5,
            _ when type == typeof(float) => 0.5f,
            _ when parameter.HasDefaultValue => parameter.DefaultValue,
            _ when type == typeof(long) => 0L,
            _ when type == typeof(Generator) => new Generator(1),
            _ => DBNull.Value,
        };
    }
}
