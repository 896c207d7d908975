using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FinML.Data.Store;

/// <summary>
/// The part of DuckDB's C API (duckdb.h) that is used, under its own names. Handles are pointers that the callers free;
/// a state is 0 where the call worked.
/// </summary>
internal static partial class NativeMethods
{
    private const string Library = "duckdb";
    private static readonly Lock s_gate = new();
    private static string? s_path;
    private static nint s_library;

    /// <summary>Loads the library; the first one stays for the life of the process.</summary>
    /// <exception cref="DataException">It is no library for this machine.</exception>
    public static string Load(string path)
    {
        lock (s_gate)
        {
            if (s_path is null)
            {
                if (!NativeLibrary.TryLoad(path, out nint library)
                    || !NativeLibrary.TryGetExport(library, nameof(duckdb_library_version), out _))
                {
                    throw new DataException($"{path} is not DuckDB's library for {EnginePackage.CurrentPlatform}.");
                }

                s_library = library;
                NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(),
                    (name, _, _) => name == Library ? s_library : 0);
                s_path = path;
            }

            return s_path;
        }
    }

    /// <summary>duckdb_result, which the library passes by value; only its last field is not deprecated.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        public ulong ColumnCount, RowCount, RowsChanged;
        public nint Columns, ErrorMessage, Internal;
    }

    [LibraryImport(Library)]
    public static partial nint duckdb_library_version();

    [LibraryImport(Library)]
    public static partial void duckdb_free(nint pointer);

    [LibraryImport(Library)]
    public static partial int duckdb_create_config(out nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_set_config(nint config, string name, string option);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_config(ref nint config);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_open_ext(string? path, out nint database, nint config, out nint error);

    [LibraryImport(Library)]
    public static partial void duckdb_close(ref nint database);

    [LibraryImport(Library)]
    public static partial int duckdb_connect(nint database, out nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_disconnect(ref nint connection);

    [LibraryImport(Library)]
    public static partial void duckdb_interrupt(nint connection);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong duckdb_extract_statements(nint connection, string sql, out nint statements);

    [LibraryImport(Library)]
    public static partial nint duckdb_extract_statements_error(nint statements);

    [LibraryImport(Library)]
    public static partial int duckdb_prepare_extracted_statement(nint connection, nint statements, ulong index,
        out nint prepared);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_extracted(ref nint statements);

    [LibraryImport(Library)]
    public static partial nint duckdb_prepare_error(nint prepared);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_prepare(ref nint prepared);

    [LibraryImport(Library)]
    public static partial int duckdb_execute_prepared(nint prepared, out Result result);

    // Deprecated in the header and without a successor: the one way to a result larger than memory.
    [LibraryImport(Library)]
    public static partial int duckdb_execute_prepared_streaming(nint prepared, out Result result);

    [LibraryImport(Library)]
    public static partial nint duckdb_result_error(ref Result result);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_result(ref Result result);

    [LibraryImport(Library)]
    public static partial ulong duckdb_rows_changed(ref Result result);

    [LibraryImport(Library)]
    public static partial ulong duckdb_column_count(ref Result result);

    [LibraryImport(Library)]
    public static partial nint duckdb_column_name(ref Result result, ulong column);

    [LibraryImport(Library)]
    public static partial nint duckdb_column_logical_type(ref Result result, ulong column);

    [LibraryImport(Library)]
    public static partial int duckdb_get_type_id(nint type);

    [LibraryImport(Library)]
    public static partial nint duckdb_create_logical_type(int type);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_logical_type(ref nint type);

    [LibraryImport(Library)]
    public static partial byte duckdb_decimal_scale(nint type);

    [LibraryImport(Library)]
    public static partial int duckdb_decimal_internal_type(nint type);

    [LibraryImport(Library)]
    public static partial int duckdb_enum_internal_type(nint type);

    [LibraryImport(Library)]
    public static partial uint duckdb_enum_dictionary_size(nint type);

    [LibraryImport(Library)]
    public static partial nint duckdb_enum_dictionary_value(nint type, ulong index);

    [LibraryImport(Library)]
    public static partial nint duckdb_fetch_chunk(Result result);

    [LibraryImport(Library)]
    public static partial nint duckdb_create_data_chunk(ref nint types, ulong columns);

    [LibraryImport(Library)]
    public static partial void duckdb_destroy_data_chunk(ref nint chunk);

    [LibraryImport(Library)]
    public static partial void duckdb_data_chunk_reset(nint chunk);

    [LibraryImport(Library)]
    public static partial ulong duckdb_data_chunk_get_size(nint chunk);

    [LibraryImport(Library)]
    public static partial void duckdb_data_chunk_set_size(nint chunk, ulong size);

    [LibraryImport(Library)]
    public static partial nint duckdb_data_chunk_get_vector(nint chunk, ulong column);

    [LibraryImport(Library)]
    public static partial nint duckdb_vector_get_data(nint vector);

    [LibraryImport(Library)]
    public static partial nint duckdb_vector_get_validity(nint vector);

    [LibraryImport(Library)]
    public static partial void duckdb_vector_ensure_validity_writable(nint vector);

    [LibraryImport(Library)]
    public static partial ulong duckdb_vector_size();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int duckdb_appender_create(nint connection, string? schema, string table, out nint appender);

    [LibraryImport(Library)]
    public static partial nint duckdb_appender_error(nint appender);

    [LibraryImport(Library)]
    public static partial int duckdb_append_data_chunk(nint appender, nint chunk);

    [LibraryImport(Library)]
    public static partial int duckdb_appender_close(nint appender);

    [LibraryImport(Library)]
    public static partial int duckdb_appender_destroy(ref nint appender);

    /// <summary>A string of the library's, which stays the library's.</summary>
    public static string Text(nint utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    /// <summary>The values of a vector, in the library's memory: valid as long as the chunk.</summary>
    public static unsafe Span<T> Values<T>(nint data, int length)
        where T : unmanaged => new((void*)data, length);

    /// <summary>A value at an address.</summary>
    public static unsafe T At<T>(nint address)
        where T : unmanaged => Unsafe.ReadUnaligned<T>((void*)address);
}
