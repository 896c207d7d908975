namespace FinML.Torch;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose <c>call</c> runs hooks around <c>forward</c>, in the order of registration.
        /// </summary>
        /// <typeparam name="TPreHook">Sees the inputs; what it gives takes their place, null leaves them.</typeparam>
        /// <typeparam name="TPostHook">Sees inputs and result; what it gives takes the result's place.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
            where TPreHook : class
            where TPostHook : class
        {
            private List<(object Key, TPreHook? Typed, Action<Module>? Plain)>? before;
            private List<(object Key, TPostHook? Typed, Action<Module>? Plain)>? after;

            protected HookableModule(string name)
                : base(name)
            {
            }

            /// <summary>True where <c>call</c> is more than <c>forward</c>: then no fused operation may take its place.
            /// </summary>
            internal bool IsHooked => before is { Count: > 0 } || after is { Count: > 0 };

            /// <summary>Runs after forward; what it gives becomes the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => Add(ref after, hook, null);

            /// <summary>Runs before forward; what it gives becomes the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(ref before, hook, null);

            /// <summary>Runs after the hooks that see the result.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => Add(ref after, null, hook);

            /// <summary>Runs before the hooks that see the input.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(ref before, null, hook);

            /// <summary>Runs the plain pre-hooks and gives the others; a hook may remove itself.</summary>
            private protected TPreHook[] Before()
            {
                if (before is null)
                {
                    return [];
                }

                RunPlain(before);
                return [.. before.Where(h => h.Typed is not null).Select(h => h.Typed!)];
            }

            private protected TPostHook[] After() =>
                after is null ? [] : [.. after.Where(h => h.Typed is not null).Select(h => h.Typed!)];

            private protected void AfterAll()
            {
                if (after is not null)
                {
                    RunPlain(after);
                }
            }

            private void RunPlain<THook>(List<(object Key, THook? Typed, Action<Module>? Plain)> hooks)
            {
                foreach ((_, _, Action<Module>? plain) in hooks.ToArray())
                {
                    plain?.Invoke(this);
                }
            }

            private HookRemover Add<THook>(
                ref List<(object Key, THook? Typed, Action<Module>? Plain)>? hooks, THook? typed, Action<Module>? plain)
            {
                if (typed is null)
                {
                    ArgumentNullException.ThrowIfNull(plain);
                }

                object key = new();
                (hooks ??= []).Add((key, typed, plain));
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook off its module again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> module;
                private readonly object key;

                internal HookRemover(HookableModule<TPreHook, TPostHook> module, object key)
                {
                    this.module = module;
                    this.key = key;
                }

                public void remove()
                {
                    module.before?.RemoveAll(h => h.Key == key);
                    module.after?.RemoveAll(h => h.Key == key);
                }
            }
        }
    }
}
