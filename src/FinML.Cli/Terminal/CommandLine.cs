using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;

namespace FinML.Cli.Terminal;

/// <summary>
/// What all commands share: examples under their help, and errors that are one sentence on standard error with what to
/// do next.
/// </summary>
internal static class CommandLine
{
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    /// <summary>Puts examples under the command's help.</summary>
    public static T WithExamples<T>(this T command, params string[] examples)
        where T : Command
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Parses and runs; the result is the process's exit code.</summary>
    public static async Task<int> InvokeAsync(RootCommand root, string[] args)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            help.Action = new HelpWithExamples((HelpAction)help.Action!);

        var result = root.Parse(args);
        if ((result.Errors.Count > 0 || StrayOption(result) is not null) && result.Action is not HelpWithExamples)
            return Misuse(result);

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            // A cell gets its time to end; the runner gives up by itself before this.
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        try
        {
            return await result.InvokeAsync(configuration);
        }
        catch (OperationCanceledException)
        {
            return Fail("stopped.", ExitCode.Interrupted);
        }
        catch (Exception error) when (error is UserErrorException or IOException or UnauthorizedAccessException
            or ArgumentException or FormatException or InvalidDataException
            or Notebooks.NotebookException or Notebooks.NotebookFormatException or Notebooks.Zmtp.ZmtpException
            or Notebooks.Papers.PaperException)
        {
            return Fail(error.Message);
        }
        catch (Exception error)
        {
            return Fail(Environment.GetEnvironmentVariable("FINML_DEBUG") == "1"
                ? error.ToString()
                : $"{error.GetType().Name}: {error.Message} (set FINML_DEBUG=1 to see where)");
        }
    }

    /// <summary>Says what is wrong, on standard error.</summary>
    public static int Fail(string message, int code = ExitCode.Failure)
    {
        Console.Error.WriteLine($"finml: {message}");
        return code;
    }

    private static int Misuse(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var path = PathOf(result.CommandResult);
        var next = $"See '{path} --help'.";
        if ((StrayOption(result) ?? result.UnmatchedTokens.FirstOrDefault()) is { } word)
        {
            var isOption = word.StartsWith('-');
            var known = isOption
                ? Options(result.CommandResult).SelectMany(option => option.Aliases.Append(option.Name))
                : command.Subcommands.Select(sub => sub.Name);
            var near = Nearest.Of(word.Split('=')[0], known);
            var what = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            return Fail($"unknown {what} '{word}'{(near is null ? "." : $": did you mean '{near}'?")} {next}");
        }

        return Fail(command.Subcommands.Count > 0 && command.Action is null
            ? $"{path} needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}. {next}"
            : Missing(result) is { } missing
                ? $"{path} needs <{missing}>. {next}"
                : $"{result.Errors[0].Message.TrimEnd('.')}. {next}");
    }

    /// <summary>A slip in an option's name, which an argument that takes several values has swallowed.</summary>
    private static string? StrayOption(ParseResult result) => result.CommandResult.Command.Arguments
        .Where(argument => argument.Arity.MaximumNumberOfValues > 1)
        .SelectMany(argument => result.GetResult(argument)?.Tokens ?? [])
        .Select(token => token.Value)
        .FirstOrDefault(value => value.Length > 1 && value[0] == '-');

    /// <summary>The first argument that has to be given and was not.</summary>
    private static string? Missing(ParseResult result) =>
        result.CommandResult.Command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && result.GetResult(argument) is not { Tokens.Count: > 0 })?.Name;

    private static IEnumerable<Option> Options(CommandResult command)
    {
        for (SymbolResult? at = command; at is not null; at = at.Parent)
        {
            if (at is CommandResult { Command: var each })
            {
                foreach (var option in each.Options.Where(option => each == command.Command || option.Recursive))
                    yield return option;
            }
        }
    }

    private static string PathOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "finml";

    private sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
            {
                var output = parseResult.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                foreach (var example in examples)
                    output.WriteLine($"  {example}");
                output.WriteLine();
            }

            return code;
        }
    }
}
