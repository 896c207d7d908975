namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What can be called with two arguments.</summary>
        public interface IModule<in T1, in T2, out TResult>
        {
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module of two inputs.</summary>
        public abstract class Module<T1, T2, TResult>(string name)
            : HookableModule<
                Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
                Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>(name),
            IModule<T1, T2, TResult>
        {
            /// <summary>The computation; <c>call</c> runs it with its hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2)
            {
                foreach (var hook in Before())
                {
                    (input1, input2) = hook(this, input1, input2)
                        ?? (input1, input2);
                }

                TResult result = forward(input1, input2);
                foreach (var hook in After())
                {
                    result = hook(this, input1, input2, result) ?? result;
                }

                AfterAll();
                return result;
            }
        }

        /// <summary>What can be called with three arguments.</summary>
        public interface IModule<in T1, in T2, in T3, out TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module of three inputs.</summary>
        public abstract class Module<T1, T2, T3, TResult>(string name)
            : HookableModule<
                Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
                Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>(name),
            IModule<T1, T2, T3, TResult>
        {
            /// <summary>The computation; <c>call</c> runs it with its hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                foreach (var hook in Before())
                {
                    (input1, input2, input3) = hook(this, input1, input2, input3)
                        ?? (input1, input2, input3);
                }

                TResult result = forward(input1, input2, input3);
                foreach (var hook in After())
                {
                    result = hook(this, input1, input2, input3, result) ?? result;
                }

                AfterAll();
                return result;
            }
        }

        /// <summary>What can be called with four arguments.</summary>
        public interface IModule<in T1, in T2, in T3, in T4, out TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4);
        }

        /// <summary>A module of four inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, TResult>(string name)
            : HookableModule<
                Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>,
                Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>(name),
            IModule<T1, T2, T3, T4, TResult>
        {
            /// <summary>The computation; <c>call</c> runs it with its hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                foreach (var hook in Before())
                {
                    (input1, input2, input3, input4) = hook(this, input1, input2, input3, input4)
                        ?? (input1, input2, input3, input4);
                }

                TResult result = forward(input1, input2, input3, input4);
                foreach (var hook in After())
                {
                    result = hook(this, input1, input2, input3, input4, result) ?? result;
                }

                AfterAll();
                return result;
            }
        }

        /// <summary>What can be called with five arguments.</summary>
        public interface IModule<in T1, in T2, in T3, in T4, in T5, out TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);
        }

        /// <summary>A module of five inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, TResult>(string name)
            : HookableModule<
                Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>,
                Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>(name),
            IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>The computation; <c>call</c> runs it with its hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                foreach (var hook in Before())
                {
                    (input1, input2, input3, input4, input5) = hook(this, input1, input2, input3, input4, input5)
                        ?? (input1, input2, input3, input4, input5);
                }

                TResult result = forward(input1, input2, input3, input4, input5);
                foreach (var hook in After())
                {
                    result = hook(this, input1, input2, input3, input4, input5, result) ?? result;
                }

                AfterAll();
                return result;
            }
        }

        /// <summary>What can be called with six arguments.</summary>
        public interface IModule<in T1, in T2, in T3, in T4, in T5, in T6, out TResult>
        {
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);
        }

        /// <summary>A module of six inputs.</summary>
        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult>(string name)
            : HookableModule<
                Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>,
                Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>(name),
            IModule<T1, T2, T3, T4, T5, T6, TResult>
        {
            /// <summary>The computation; <c>call</c> runs it with its hooks.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6)
            {
                foreach (var hook in Before())
                {
                    (input1, input2, input3, input4, input5, input6) =
                        hook(this, input1, input2, input3, input4, input5, input6)
                        ?? (input1, input2, input3, input4, input5, input6);
                }

                TResult result = forward(input1, input2, input3, input4, input5, input6);
                foreach (var hook in After())
                {
                    result = hook(this, input1, input2, input3, input4, input5, input6, result) ?? result;
                }

                AfterAll();
                return result;
            }
        }
    }
}
