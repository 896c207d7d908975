namespace FinML.Data;

/// <summary>A bounded download into memory; what goes wrong is one sentence with the address.</summary>
internal static class Download
{
    /// <exception cref="DataException">The server cannot be reached, refuses, or sends more than
    /// <paramref name="most"/> bytes.</exception>
    public static async Task<byte[]> GetAsync(HttpClient client, Uri address, long most,
        IProgress<(long Bytes, long? Total)>? progress, CancellationToken stop)
    {
        try
        {
            using HttpResponseMessage response =
                await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
            if (!response.IsSuccessStatusCode)
                throw new DataException($"{address} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
            await using Stream stream = await response.Content.ReadAsStreamAsync(stop);
            using MemoryStream bytes = new();
            byte[] buffer = new byte[1 << 16];
            for (int n; (n = await stream.ReadAsync(buffer, stop)) > 0;)
            {
                if (bytes.Length + n > most)
                {
                    throw new DataException($"{address} sends more than {most} bytes, so it is not the file that is "
                        + "wanted; nothing was kept.");
                }

                bytes.Write(buffer, 0, n);
                progress?.Report((bytes.Length, response.Content.Headers.ContentLength));
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new DataException($"{address} cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }
}
