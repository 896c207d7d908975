using System.Diagnostics;
using System.Text.Json.Nodes;
using FinML.Notebooks.Tests.Kernel;
using FinML.Tests;
using Microsoft.Data.Sqlite;

namespace FinML.Notebooks.Tests.Sql;

[Collection(ConsoleCollection.Name)]
public sealed class SqlTests
{
    private const string Table = """
        #!connect db :memory:
        #!sql
        create table bars (day text, close real, n integer, who text);
        insert into bars values
          ('2020-01-02', 1234.5678, 3, '<script>alert(1)</script>'), ('2020-01-03', 99.5, null, 'b'),
          ('2020-01-06', 12.25, 2020, null);
        """;

    [Fact]
    public async Task Rows_are_shown_and_kept_with_typed_columns_and_parameters()
    {
        NotebookRunResult run = await Notebooks.RunAsync(
            Table,
            "double least = 50; string who = \"b\";\n#!sql db --name rows\nselect day, close, n, who from bars\n"
                + "where close > @least and who <> '@nobody' -- @none\n  and (@who = 'b' or @who = @least)",
            "rows.Column<DateTime>(\"day\")[1].Day + rows.Column<double>(\"close\").Sum() + rows.Count",
            "(rows.Column<int?>(\"n\"), rows.Column<double>(\"n\"), rows.TypeOf(\"close\").Name, rows[1, \"who\"])",
            "rows.Select(row => row[\"close\"]).Count()");

        Assert.True(run.Status == RunStatus.Succeeded, run.Error?.Sentence);
        Assert.Equal("3 rows changed", Notebooks.Text(run, 1));
        Assert.Equal((3 + 1234.5678 + 99.5 + 2).ToString("R", null), Notebooks.Text(run, 3));
        Assert.Equal("([3, null], [3, NaN], Double, b)", Notebooks.Text(run, 4));
        Assert.Equal("2", Notebooks.Text(run, 5));
        JsonNode data = Notebooks.CodeCells(run)[1].Outputs[0]["data"]!;
        string html = MultilineText.FromJson(data["text/html"]);
        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;alert(1)", html);
        Assert.Contains("1,234.57", Notebooks.Text(run, 2));
    }

    [Fact]
    public async Task A_hostile_column_name_is_text_and_a_parameter_is_no_sql()
    {
        NotebookRunResult run = await Notebooks.RunAsync(
            Table,
            "string who = \"b' or '1'='1\";\n#!sql\nselect count(*) as \"<img src=x onerror=alert(1)>\" from bars "
                + "where who = @who");

        string html = MultilineText.FromJson(Notebooks.CodeCells(run)[1].Outputs[0]["data"]!["text/html"]);
        Assert.DoesNotContain("<img", html);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", html);
        Assert.Matches(@"\b0\b", Notebooks.Text(run, 2));
    }

    [Fact]
    public async Task Long_results_show_their_first_rows()
    {
        NotebookRunResult run = await Notebooks.RunAsync(
            "#!connect db :memory:\n#!sql --name r\nwith recursive t(i) as (select 2001 union all select i + 1 from t "
                + "limit 5000) select i from t", "r.Count");

        Assert.Contains("20 of 5,000 rows shown.", Notebooks.Text(run, 1));
        Assert.Contains("2020", Notebooks.Text(run, 1));
        Assert.DoesNotContain("2021", Notebooks.Text(run, 1));
        Assert.Equal("5000", Notebooks.Text(run, 2));
    }

    /// <summary>Each in a cell of its own, in one session: a mistake spoils nothing.</summary>
    [Fact]
    public async Task What_cannot_be_queried_is_said_in_a_sentence_with_its_place()
    {
        (string Code, string Expected)[] cases =
        [
            ("#!sql\nselect *\n  from barz",
                "line 3: MagicError: no such table: barz."),
            ("#!sql\n\nselct 1",
                "line 3: MagicError: near \"selct\": syntax error."),
            ("#!sql other\nselect 1",
                "there is no connection 'other'; name one with #!connect other FILE."),
            ("#!sql bd\nselect 1",
                "there is no connection 'bd': did you mean 'db'?"),
            ("#!connect f none.db",
                "none.db is not there; --create makes it."),
            ("#!connect f env:NOT_THERE_AT_ALL",
                "the environment has no NOT_THERE_AT_ALL"),
            ("#!connect f Host=;;Nonsense=xyzzy",
                "that is no connection string"),
            ("var o = new object();\n#!sql\nselect @o",
                "line 2: MagicError: @o is a Object; a query takes"),
            ("#!sql --name r\nselect n from bars\n#!csharp\nr.Column<int>(\"n\")",
                "Row 2 of 'n' is null, which is no Int32: ask for a nullable type"),
            ("#!sql --name r\nselect who from bars\n#!csharp\nr.Column<double>(\"who\")",
                "Row 1 of 'who' is <script>alert(1)</script> (String), which is no Double."),
            ("#!sql --name r\nselect n from bars\n#!csharp\nr.Column<int>(\"m\")",
                "There is no column 'm'; the rows have n."),
            ("#!sql --name r\nselect n, n from bars\n#!csharp\nr.Column<int>(\"n\")",
                "2 columns are called 'n'"),
        ];
        await using var live = new LiveSession();
        await live.TextAsync(Table);
        for (int i = 0; i < cases.Length; i++)
        {
            NotebookError? error = await live.RunAsync(cases[i].Code);

            Assert.Contains(cases[i].Expected, error!.Sentence);
            Assert.StartsWith(FormattableString.Invariant($"In[{i + 2}]:line "), error.Sentence);
            Assert.DoesNotContain("xyzzy", error.Sentence);
            Assert.DoesNotContain('\n', error.Sentence);
        }

        Assert.Contains("3", await live.TextAsync("#!sql db\nselect count(*) from bars"));
    }

    [Fact]
    public async Task A_parameter_that_is_no_variable_is_found_before_anything_runs()
    {
        NotebookException error = await Assert.ThrowsAsync<NotebookException>(
            () => Notebooks.RunAsync(Table, "#!sql\nselect 1\nwhere 2 > @missing"));

        Assert.Contains("In[2]:line 3: CompileError: The name 'missing' does not exist", error.Message);
        Assert.Equal(["    where 2 > @missing", "              ^"], error.Error!.SourceExcerpt());
    }

    [Fact]
    public async Task Without_a_connection_the_ways_to_one_are_named()
    {
        NotebookRunResult run = await Notebooks.RunAsync(
            Notebooks.Of("#!sql\nselect 1"), new NotebookHostOptions
            {
                Connections = new Dictionary<string, Func<string>> { ["ledger"] = () => "x" },
            });

        Assert.Equal("In[1]:line 1: MagicError: #!sql needs a connection: name one with #!connect prices prices.db, or "
            + "use #!sql ledger.", run.Error!.Sentence);
    }

    [Fact]
    public async Task Files_are_beside_the_notebook_and_the_hosts_are_read_only()
    {
        using var folder = new Notebooks.Folder();
        string kept = Path.Combine(folder.Path, "ledger.db");
        using (var connection = new SqliteConnection($"Data Source={kept};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "create table trials (id integer); insert into trials values (7)";
            command.ExecuteNonQuery();
        }

        var options = new NotebookHostOptions
        {
            BaseDirectory = folder.Path,
            Connections = new Dictionary<string, Func<string>> { ["ledger"] = () => kept },
        };
        NotebookRunResult run = await Notebooks.RunAsync(Notebooks.Of(
            "#!connect mine my file.db --create\n#!sql\ncreate table t (x); insert into t values (1)",
            "#!sql ledger --name trials\nselect id from trials\n#!csharp\ntrials.Column<long>(\"id\")[0]",
            "#!sql ledger\ndelete from trials"), options);

        Assert.True(File.Exists(Path.Combine(folder.Path, "my file.db")));
        Assert.EndsWith("7", Notebooks.Text(run, 2));
        Assert.Equal("In[3]:line 1: MagicError: attempt to write a readonly database.", run.Error!.Sentence);
    }

    [Fact]
    public async Task The_stop_button_stops_a_query_and_keeps_the_database()
    {
        await using var live = new LiveSession();
        await live.TextAsync(Table);
        Task<NotebookError?> endless = live.RunAsync("Console.WriteLine(\"begun\");\n#!sql\nwith recursive t(i) as "
            + "(select 1 union all select i + 1 from t) select count(*) from t");
        while (!live.Output.Printed.Contains("begun", StringComparison.Ordinal) && !endless.IsCompleted)
            await Task.Delay(10);
        await Task.Delay(200); // into the query

        var clock = Stopwatch.StartNew();
        Assert.True(await live.Session.InterruptAsync());
        Assert.Equal("KeyboardInterrupt", (await endless)!.Name);

        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 30); // it would never end
        Assert.Contains("3", await live.TextAsync("#!sql\nselect count(*) as n from bars"));
    }

    [SkippableFact]
    public async Task PostgreSQL_is_queried_with_parameters_and_says_where_it_stumbles()
    {
        string server = PostgresServer.Require();
        await using var live = new LiveSession(new NotebookHostOptions
        {
            Connections = new Dictionary<string, Func<string>> { ["shared"] = () => server },
        });
        await live.RunAsync($"#!connect pg {server}");
        Assert.Contains("2020-01-03", await live.TextAsync(
            "var from = new DateOnly(2020, 1, 3); var few = 2;\n#!sql pg --name rows\n"
            + "select d::date as day, i, i / 3.0::float8 as share, null::int as gap, '<b>' as tag\n"
            + "from generate_series(1, @few) i, lateral (select @from + i - 1 as d) x"));
        Assert.Equal("([2020-01-03, 2020-01-04], [1, 2], [1, 2], [NaN, NaN])", await live.TextAsync(
            "(rows.Column<DateOnly>(\"day\"), rows.Column<long>(\"i\"), rows.Column<double>(\"i\"), "
            + "rows.Column<double>(\"gap\"))"));

        NotebookError? error = await live.RunAsync("#!sql pg\nselect 1,\n  nothere");
        Assert.Equal("In[4]:line 3: MagicError: column \"nothere\" does not exist.", error!.Sentence);
        error = await live.RunAsync("#!sql shared\ncreate table finml_should_not_be (x int)");
        Assert.Contains("read-only transaction", error!.Message);

        Task<NotebookError?> sleeping = live.RunAsync("Console.WriteLine(\"begun\");\n#!sql pg\nselect pg_sleep(600)");
        while (!live.Output.Printed.Contains("begun", StringComparison.Ordinal) && !sleeping.IsCompleted)
            await Task.Delay(10);
        Assert.True(await live.Session.InterruptAsync());
        Assert.Equal("KeyboardInterrupt", (await sleeping)!.Name);
        Assert.Contains("5", await live.TextAsync("#!sql pg\nselect 5 as five"));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_so()
    {
        NotebookRunResult run = await Notebooks.RunAsync(
            "#!connect pg Host=127.0.0.1;Port=1;Username=me;Password=xyzzy\n#!sql\nselect 1");

        Assert.StartsWith("In[1]:line 2: MagicError: the server cannot be reached:", run.Error!.Sentence);
        Assert.DoesNotContain("xyzzy", run.Error.Sentence);
    }
}
