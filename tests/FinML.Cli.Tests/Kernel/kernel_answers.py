"""Our answers to jupyter_kernel_test, the public conformance tests of Jupyter kernels: `python3 kernel_answers.py -v`.

The kernel must be installed (`finml kernel install`). Each attribute is a sample that the package's tests ask for:
without one, its test is skipped. The package itself is used as it is, 0.4 and 0.7 alike.
"""
import unittest

import jupyter_kernel_test


class KernelAnswers(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("a word of warning");'
    code_generate_error = 'throw new InvalidOperationException("no");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "new[] { 1, 2 }.Sum()", "result": "3"},
        {"code": "Math.Max(2, 3)", "result": "3"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": 'display("plain");', "mime": "text/plain"},
    ]
    code_clear_output = "ClearOutput();"

    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "Math.Sq", "matches": {"Sqrt"}},
    ]
    complete_code_samples = ["1", "var x = 1;", "int F() => 2;"]
    incomplete_code_samples = ["if (true) {", "Console.WriteLine(", 'var s = @"abc']
    invalid_code_samples = ["}", "var = ;"]

    code_page_something = "Math.Sqrt?"
    code_inspect_sample = "Math.Sqrt"
    code_history_pattern = "6 *"
    supported_history_operations = ("tail", "range", "search")

    def get_non_kernel_info_reply(self, timeout=None):
        """The package waits 15 s, which a machine with other work on it may need for a kernel's first cell."""
        return super().get_non_kernel_info_reply(timeout=120)


# Kernels that greet a new subscriber are tested for it from 0.5 on.
if hasattr(jupyter_kernel_test, "IopubWelcomeTests"):

    class WelcomeAnswers(jupyter_kernel_test.IopubWelcomeTests):
        kernel_name = ".net-csharp"
        support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
