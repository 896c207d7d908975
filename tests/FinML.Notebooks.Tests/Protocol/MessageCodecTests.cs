using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FinML.Notebooks.Protocol;

namespace FinML.Notebooks.Tests.Protocol;

public sealed class MessageCodecTests
{
    private const string Key = "a0436f6c-1916-498b-8eb9-e81ab9368e84";
    private readonly MessageCodec _codec = new(Key, TimeProvider.System);

    [Fact]
    public void A_message_comes_back_as_it_went()
    {
        JupyterMessage request = _codec.Create("execute_request", null, new JsonObject { ["code"] = "1 + \"é\"" });
        JupyterMessage reply = _codec.Create("execute_reply", request, new JsonObject { ["status"] = "ok" }) with
        {
            Identities = [[1, 2], [3]],
            Buffers = [[9, 9]],
        };

        JupyterMessage got = _codec.Decode(_codec.Encode(reply));

        Assert.Equal("execute_reply", got.Type);
        Assert.Equal("5.3", got.Header["version"]!.GetValue<string>());
        Assert.True(JsonNode.DeepEquals(request.Header, got.Parent));
        Assert.Equal(reply.Identities, got.Identities);
        Assert.Equal(reply.Buffers, got.Buffers);
        Assert.Equal(
            "1 + \"é\"", _codec.Decode(_codec.Encode(request)).Content["code"]!.GetValue<string>());
    }

    /// <summary>HMAC-SHA256 over the four frames one after the other, in lower-case hex.</summary>
    [Fact]
    public void The_signature_is_that_of_the_protocol()
    {
        byte[][] frames = _codec.Encode(_codec.Create("status", null, []));

        byte[] all = [.. frames[2], .. frames[3], .. frames[4], .. frames[5]];
        string expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), all));
        Assert.Equal(expected, Encoding.ASCII.GetString(frames[1]));
        Assert.Empty(new MessageCodec("", TimeProvider.System).Encode(_codec.Create("status", null, []))[1]);
    }

    [Fact]
    public void Unsigned_tampered_and_malformed_messages_are_refused_in_a_sentence()
    {
        byte[][] good = _codec.Encode(_codec.Create("execute_request", null, new JsonObject { ["code"] = "1" }));
        Refused("lacks the delimiter", []);
        Refused("lacks the delimiter", good[..5]);
        Refused("not signed", With(1, []));
        Refused("another key", With(5, Encoding.UTF8.GetBytes("{\"code\":\"2\"}")));
        Refused("another key", With(1, [.. good[1].Select(b => (byte)(b ^ 1))]));
        Refused("another key", new MessageCodec("other", TimeProvider.System).Encode(
            _codec.Create("execute_request", null, [])));
        var open = new MessageCodec("", TimeProvider.System);
        foreach ((string json, string says) in new[]
        {
            ("[1]", "header of a message is not a JSON object"), ("{", "is not JSON"), ("{\"a\":1,\"a\":2}",
                "is not JSON"),
            ("{\"b\":[{\"a\":1,\"a\":2}]}", "is not JSON"), (new string('[', 5000), "is not JSON"),
        })
        {
            var error = Assert.Throws<JupyterMessageException>(() => open.Decode(
                [good[0], [], Encoding.UTF8.GetBytes(json), .. good[3..]]));
            Assert.Contains(says, error.Message);
        }

        byte[][] With(int frame, byte[] bytes) => [.. good.Select((f, i) => i == frame ? bytes : f)];

        void Refused(string says, byte[][] frames) =>
            Assert.Contains(says, Assert.Throws<JupyterMessageException>(() => _codec.Decode(frames)).Message);
    }

    [Fact]
    public void Broken_messages_are_refused_and_nothing_else()
    {
        var open = new MessageCodec("", TimeProvider.System);
        byte[][] good = open.Encode(open.Create("execute_request", null, new JsonObject { ["code"] = "1 + 1" }));
        var random = new Random(2);
        int refused = 0;
        for (int i = 0; i < 100_000; i++)
        {
            byte[][] frames = [.. good.Select(f => (byte[])f.Clone())];
            byte[] frame = frames[random.Next(frames.Length)];
            if (frame.Length > 0)
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            if (random.Next(5) == 0)
                frames = frames[..random.Next(frames.Length)];
            try
            {
                open.Decode(frames);
            }
            catch (JupyterMessageException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 20_000, 99_000);
    }

    [Fact]
    public void A_connection_file_is_read_and_a_bad_one_is_refused_in_a_sentence()
    {
        const string Good = """
            {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5, "ip": "127.0.0.1",
             "key": "k", "transport": "tcp", "signature_scheme": "hmac-sha256", "kernel_name": ""}
            """;
        ConnectionFile file = ConnectionFile.Parse(Good, "c.json");
        Assert.Equal((1, 2, 3, 4, 5), (file.Shell, file.Output, file.Input, file.Control, file.Heartbeat));
        Assert.Equal("tcp://127.0.0.1:2", file.Endpoint(file.Output).ToString());
        Assert.Equal("ipc:///tmp/k-2", (file with { Transport = "ipc", Address = "/tmp/k" }).Endpoint(2).ToString());
        Refused(Good.Replace("\"hb_port\": 5", "\"hb_port\": 70000"), "'hb_port' is 70000");
        Refused(Good.Replace("\"hb_port\": 5, ", ""), "'hb_port' is missing");
        Refused(Good.Replace("hmac-sha256", "hmac-md5"), "'hmac-md5'");
        Refused(Good.Replace("\"tcp\"", "\"udp\""), "'udp'", "tcp or ipc");
        Refused(Good.Replace("\"key\"", "\"curve_publickey\": \"x\", \"key\""), "encryption");
        Refused("[]", "not a JSON object");
        Refused("{", "not JSON");
        Assert.Contains("none.json", Assert.Throws<NotebookFormatException>(
            () => ConnectionFile.Read("none.json")).Message);

        static void Refused(string text, params string[] parts)
        {
            string message = Assert.Throws<NotebookFormatException>(() => ConnectionFile.Parse(text, "c.json")).Message;
            Assert.Contains("c.json", message);
            Assert.All(parts, part => Assert.Contains(part, message));
        }
    }
}
