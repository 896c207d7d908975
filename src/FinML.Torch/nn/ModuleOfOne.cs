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

        /// <summary>A module of one input.</summary>
        public abstract class Module<T, TResult>(string name)
            : HookableModule<
                Func<Module<T, TResult>, T, T>,
                Func<Module<T, TResult>, T, TResult, TResult>>(name),
            IModule<T, TResult>
        {
            /// <summary>The computation; <c>call</c> runs it with its hooks.</summary>
            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                foreach (var hook in Before())
                {
                    input = hook(this, input) ?? input;
                }

                TResult result = forward(input);
                foreach (var hook in After())
                {
                    result = hook(this, input, result) ?? result;
                }

                AfterAll();
                return result;
            }
        }
    }
}
