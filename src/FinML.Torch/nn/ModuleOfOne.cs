namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What can be called with one argument.</summary>
        public interface IModule<in T, out TResult>
        {
            TResult call(T input);
        }

        /// <summary>A module of one input. <c>call</c> runs the hooks around <c>forward</c>.</summary>
        public abstract class Module<T, TResult>(string name) : Module(name), IModule<T, TResult>
        {
            private List<Func<Module<T, TResult>, T, T>>? before;
            private List<Func<Module<T, TResult>, T, TResult, TResult>>? after;

            /// <summary>The computation; call <see cref="call"/> to run it with its hooks.</summary>
            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                foreach (Func<Module<T, TResult>, T, T> hook in before?.ToArray() ?? [])
                {
                    input = hook(this, input);
                }

                TResult result = forward(input);
                foreach (Func<Module<T, TResult>, T, TResult, TResult> hook in after?.ToArray() ?? [])
                {
                    result = hook(this, input, result);
                }

                return result;
            }

            /// <summary>Runs before forward; what it gives becomes the input. Dispose removes it.</summary>
            public IDisposable register_forward_pre_hook(Func<Module<T, TResult>, T, T> hook) =>
                HookRemover.Add(before ??= [], hook);

            /// <summary>Runs after forward; what it gives becomes the result. Dispose removes it.</summary>
            public IDisposable register_forward_hook(Func<Module<T, TResult>, T, TResult, TResult> hook) =>
                HookRemover.Add(after ??= [], hook);
        }

        /// <summary>A module of two inputs.</summary>
        public abstract class Module<T1, T2, TResult>(string name) : Module(name)
        {
            private List<Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>? after;

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                TResult result = forward(input1, input2);
                foreach (Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult> hook in after?.ToArray() ?? [])
                {
                    result = hook(this, input1, input2, result);
                }

                return result;
            }

            public IDisposable register_forward_hook(Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult> hook) =>
                HookRemover.Add(after ??= [], hook);
        }

        /// <summary>A module of three inputs.</summary>
        public abstract class Module<T1, T2, T3, TResult>(string name) : Module(name)
        {
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }

        private sealed class HookRemover(Action remove) : IDisposable
        {
            public void Dispose() => remove();

            internal static HookRemover Add<THook>(List<THook> hooks, THook hook)
                where THook : Delegate
            {
                ArgumentNullException.ThrowIfNull(hook);
                hooks.Add(hook);
                return new HookRemover(() => hooks.Remove(hook));
            }
        }
    }
}
