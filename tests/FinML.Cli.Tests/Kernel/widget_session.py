"""Moves a slider of the installed kernel as a front end does; prints 'all well', or raises."""
import time

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name=".net-csharp")


def until_idle(request):
    """The outputs of a request, with those of others between."""
    found = []
    while True:
        message = client.get_iopub_msg(timeout=120)
        if message["parent_header"].get("msg_id") != request:
            continue
        if message["msg_type"] != "status":
            found.append(message)
        elif message["content"]["execution_state"] == "idle":
            return found


def run(code):
    return until_idle(client.execute(code))


def send(kind, content):
    message = client.session.msg(kind, content)
    client.shell_channel.send(message)
    return message["header"]["msg_id"]


def move(comm, value):
    return send("comm_msg", {"comm_id": comm, "data": {
        "method": "update", "state": {"value": value}, "buffer_paths": []}})


def comms(target="jupyter.widget"):
    request = client.comm_info(target_name=target)
    while True:
        reply = client.get_shell_msg(timeout=120)
        if reply["parent_header"]["msg_id"] == request:
            return reply["content"]["comms"]


try:
    shown = run(
        'var order = new List<string>(); var s = Slider.Create("window", 20, min: 5, max: 250);\n'
        's.OnChange(v => order.Add($"moved {v}"));\n'
        'Interact(s, v => Figure.Create($"{v} days").Line(Enumerable.Range(0, v).Select(i => (double)i)));')
    opened = [m for m in shown if m["msg_type"] == "comm_open"]
    assert [m["content"]["data"]["state"]["_model_name"] for m in opened] == [
        "LayoutModel", "SliderStyleModel", "IntSliderModel"], opened
    assert all(m["metadata"]["version"].startswith("2.") for m in opened), opened
    slider = opened[-1]["content"]["comm_id"]
    widget, figure = [m["content"] for m in shown if m["msg_type"] == "display_data"]
    assert widget["data"]["application/vnd.jupyter.widget-view+json"]["model_id"] == slider, widget
    assert "image/svg+xml" in widget["data"] and widget["data"]["text/plain"] == "window: 20 (5 to 250)", widget
    assert len(comms()) == 3 and comms("nobody") == {}, comms()

    # From the page to the kernel: the figure follows, in its place.
    echo, drawn = until_idle(move(slider, 30))
    assert echo["content"]["data"] == {"method": "echo_update", "state": {"value": 30}, "buffer_paths": []}, echo
    assert drawn["msg_type"] == "update_display_data", drawn
    assert drawn["content"]["transient"] == figure["transient"], drawn
    layout = drawn["content"]["data"]["application/vnd.plotly.v1+json"]["layout"]
    assert layout["title"]["text"] == "30 days", layout

    # From the kernel to the page.
    changed = run("s.Value = 40;")
    assert [m["content"]["data"] for m in changed if m["msg_type"] == "comm_msg"] == [
        {"method": "update", "state": {"value": 40}, "buffer_paths": []}], changed

    # What is moved while a cell runs waits until the cell ends.
    busy = client.execute('System.Threading.Thread.Sleep(1000); order.Add("cell");')
    moved = move(slider, 50)
    until_idle(moved)
    result = run('string.Join(", ", order)')[-1]["content"]["data"]["text/plain"]
    assert result == "moved 30, moved 40, cell, moved 50", result

    # A value outside of the range does not come through.
    assert [m["content"]["data"]["state"] for m in until_idle(move(slider, 5000))] == [
        {"value": 5000}, {"value": 50}]

    # The page takes the slider away; a comm from before is closed by the kernel.
    until_idle(send("comm_close", {"comm_id": slider, "data": {}}))
    assert slider not in comms(), comms()
    (closed,) = until_idle(move(slider, 60))
    assert (closed["msg_type"], closed["content"]["comm_id"]) == ("comm_close", slider), closed
    manager.restart_kernel()
    client.wait_for_ready(timeout=120)
    assert comms() == {}, comms()
    for part in opened:
        (closed,) = until_idle(move(part["content"]["comm_id"], 60))
        assert closed["msg_type"] == "comm_close", closed
    assert run("1 + 1")[-1]["content"]["data"]["text/plain"] == "2"
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
print("all well")
