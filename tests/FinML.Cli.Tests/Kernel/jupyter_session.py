"""Drives the installed kernel by Jupyter's own client and executor; prints 'all well', or raises."""
import time

import nbformat
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient

book = nbformat.v4.new_notebook(
    cells=[
        nbformat.v4.new_code_cell("var prices = new[] { 1.0, 2.0, 4.0 };\nConsole.WriteLine(prices.Length);"),
        nbformat.v4.new_code_cell("Moments.Of(prices).Mean"),
        nbformat.v4.new_code_cell("HTML(\"<b>bold</b>\")"),
    ],
    metadata={"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)"}},
)
NotebookClient(book, timeout=120, kernel_name=".net-csharp").execute()
assert book.cells[0].outputs[0].text == "3\n", book.cells[0].outputs
assert book.cells[1].outputs[0].data["text/plain"].startswith("2.33333"), book.cells[1].outputs
assert book.cells[2].outputs[0].data["text/html"] == "<b>bold</b>", book.cells[2].outputs

manager, client = start_new_kernel(kernel_name=".net-csharp")
try:
    client.execute_interactive("var kept = 3;", timeout=120)
    request = client.execute('Console.WriteLine("go"); while (true) { }')
    while True:
        message = client.get_iopub_msg(timeout=120)
        if message["msg_type"] == "stream" and message["parent_header"]["msg_id"] == request:
            break
    begun = time.monotonic()
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=120)
    while reply["parent_header"]["msg_id"] != request:
        reply = client.get_shell_msg(timeout=120)
    assert reply["content"]["ename"] == "KeyboardInterrupt", reply
    assert client.execute_interactive("kept", timeout=120)["content"]["status"] == "ok"
    manager.restart_kernel()
    client.wait_for_ready(timeout=120)
    assert client.execute_interactive("kept", timeout=120)["content"]["status"] == "error"
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print("all well")
