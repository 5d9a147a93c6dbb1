#include "files_support.hpp"

#include <cerrno>
#include <cstdio>
#include <set>

namespace asyncio::test {
namespace {

using files::File;

FILES_TEST(File, what_was_written_can_be_read) {
    File out = co_await files::open("a.txt", "w");
    EXPECT_EQ(co_await out.write("one\n"), 4u);
    co_await out.writelines({"two\n", "three"});
    co_await out.close();
    EXPECT_EQ(content_of("a.txt"), "one\ntwo\nthree");

    File in = co_await files::open("a.txt");
    EXPECT_EQ(co_await in.read(), "one\ntwo\nthree");
    EXPECT_EQ(co_await in.read(), "");
}

FILES_TEST(File, reads_what_plain_streams_wrote) {
    write_plainly("a.txt", "plain");
    File file = co_await files::open("a.txt", "rb");
    EXPECT_EQ(co_await file.read(3), "pla");
    EXPECT_EQ(co_await file.read(0), "");
    EXPECT_EQ(co_await file.read(10), "in");
    EXPECT_EQ(co_await file.read(10), "");
}

FILES_TEST(File, keeps_bytes_as_they_are) {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    bytes += "\r\n\r";
    co_await async_with(files::open("b", "wb"), [&](File& file) -> Coro<> { co_await file.write(bytes); });
    File file = co_await files::open("b", "rb");
    EXPECT_EQ(co_await file.read(), bytes);
}

FILES_TEST(File, gives_lines_one_by_one) {
    write_plainly("a.txt", "one\n\nthree\nlast");
    Log lines;
    co_await async_with(files::open("a.txt"), [&](File& file) -> Coro<> {
        while (auto line = co_await file.next()) lines.push_back(*line);
    });
    EXPECT_EQ(lines, (Log{"one\n", "\n", "three\n", "last"}));

    File file = co_await files::open("a.txt");
    EXPECT_EQ(co_await file.readline(), "one\n");
    EXPECT_EQ(co_await file.readlines(), (Log{"\n", "three\n", "last"}));
    EXPECT_EQ(co_await file.readline(), "");
}

FILES_TEST(File, gives_long_lines_in_pieces_when_told) {
    write_plainly("a.txt", "abcdef\ng");
    File file = co_await files::open("a.txt");
    EXPECT_EQ(co_await file.readline(4), "abcd");
    EXPECT_EQ(co_await file.readline(4), "ef\n");
    EXPECT_EQ(co_await file.readline(0), "");
    EXPECT_EQ(co_await file.readline(4), "g");
}

FILES_TEST(File, holds_lines_longer_than_its_buffer) {
    const std::string line(300'000, 'x');
    write_plainly("a.txt", line + "\nshort\n");
    File file = co_await files::open("a.txt");
    EXPECT_EQ(co_await file.readline(), line + "\n");
    EXPECT_EQ(co_await file.readline(), "short\n");
}

FILES_TEST(File, w_empties_what_was_there) {
    write_plainly("a.txt", "a long text");
    co_await async_with(files::open("a.txt", "w"), [](File& file) -> Coro<> { co_await file.write("new"); });
    EXPECT_EQ(content_of("a.txt"), "new");
}

FILES_TEST(File, that_is_appended_to_stands_at_its_end) {
    for (const std::string mode : {"a", "ab", "a+", "a+b"}) {
        write_plainly("a.txt", "0123456789");
        File file = co_await files::open("a.txt", mode);
        EXPECT_EQ(co_await file.tell(), 10) << mode;
        if (file.readable()) EXPECT_EQ(co_await file.read(), "");
        co_await file.write("A");
        EXPECT_EQ(co_await file.tell(), 11) << mode;
        EXPECT_EQ(co_await file.seek(0), 0);
        EXPECT_EQ(co_await file.tell(), 0) << mode;
        co_await file.write("B");
        EXPECT_EQ(co_await file.tell(), 12) << mode;
        if (file.readable()) {
            co_await file.seek(0);
            EXPECT_EQ(co_await file.read(3), "012");
            co_await file.write("C");
            EXPECT_EQ(co_await file.tell(), 13) << mode;
            co_await file.seek(1);
            EXPECT_EQ(co_await file.truncate(4), 4);
            EXPECT_EQ(co_await file.tell(), 1);
            co_await file.write("D");
            EXPECT_EQ(co_await file.tell(), 5);
        }
        co_await file.close();
        EXPECT_EQ(content_of("a.txt"), file.readable() ? "0123D" : "0123456789AB") << mode;
    }
    File fresh = co_await files::open("new.txt", "a");
    EXPECT_EQ(co_await fresh.tell(), 0);
}

FILES_TEST(File, that_is_appended_to_twice_keeps_what_both_wrote) {
    File one = co_await files::open("a.txt", "a");
    File other = co_await files::open("a.txt", "a");
    co_await one.write("one ");
    co_await one.flush();
    co_await other.write("two ");
    EXPECT_EQ(co_await other.tell(), 8);
    co_await one.write("three");
    EXPECT_EQ(co_await one.tell(), 13);
    EXPECT_EQ(content_of("a.txt"), "one two three");
}

FILES_TEST(File, a_writes_at_the_end_wherever_it_is) {
    write_plainly("a.txt", "one");
    File file = co_await files::open("a.txt", "a+");
    co_await file.seek(0);
    EXPECT_EQ(co_await file.read(), "one");
    co_await file.seek(1);
    co_await file.write(" two");
    EXPECT_EQ(co_await file.tell(), 7);
    co_await file.seek(0);
    EXPECT_EQ(co_await file.read(), "one two");
}

FILES_TEST(File, x_makes_only_what_is_not_there) {
    co_await async_with(files::open("a.txt", "x"), [](File& file) -> Coro<> { co_await file.write("mine"); });
    CO_EXPECT_RAISES(co_await files::open("a.txt", "x"), FileExistsError);
    EXPECT_EQ(content_of("a.txt"), "mine");
}

FILES_TEST(File, reads_and_writes_in_turns) {
    File file = co_await files::open("a.txt", "w+");
    co_await file.write("0123456789");
    EXPECT_EQ(co_await file.seek(2), 2);
    EXPECT_EQ(co_await file.read(3), "234");
    EXPECT_EQ(co_await file.tell(), 5);
    co_await file.write("XY");
    EXPECT_EQ(co_await file.tell(), 7);
    EXPECT_EQ(co_await file.read(), "789");
    EXPECT_EQ(co_await file.seek(-3, SEEK_END), 7);
    EXPECT_EQ(co_await file.seek(-2, SEEK_CUR), 5);
    EXPECT_EQ(co_await file.read(), "XY789");
    co_await file.close();
    EXPECT_EQ(content_of("a.txt"), "01234XY789");
}

FILES_TEST(File, seeks_from_where_it_reads_not_from_where_its_buffer_ends) {
    write_plainly("a.txt", "0123456789");
    File file = co_await files::open("a.txt");
    EXPECT_EQ(co_await file.read(2), "01");
    EXPECT_EQ(co_await file.seek(3, SEEK_CUR), 5);
    EXPECT_EQ(co_await file.read(1), "5");
}

FILES_TEST(File, is_cut_and_filled_up) {
    File file = co_await files::open("a.txt", "w+");
    co_await file.write("0123456789");
    EXPECT_EQ(co_await file.truncate(4), 4);
    EXPECT_EQ(co_await file.tell(), 10);
    co_await file.seek(2);
    EXPECT_EQ(co_await file.truncate(), 2);
    EXPECT_EQ(co_await file.truncate(4), 4);
    co_await file.seek(0);
    EXPECT_EQ(co_await file.read(), std::string("01\0\0", 4));
}

FILES_TEST(File, what_was_flushed_is_there_for_others) {
    File file = co_await files::open("a.txt", "w");
    co_await file.write("text");
    EXPECT_EQ(content_of("a.txt"), "");
    co_await file.flush();
    EXPECT_EQ(content_of("a.txt"), "text");
}

FILES_TEST(File, knows_its_name_and_mode) {
    File file = co_await files::open("a.txt", "w");
    EXPECT_EQ(file.name(), "a.txt");
    EXPECT_EQ(file.mode(), "w");
    EXPECT_TRUE(file.writable());
    EXPECT_FALSE(file.readable());
    EXPECT_GE(file.fileno(), 0);
    EXPECT_FALSE(file.closed());
}

FILES_TEST(File, refuses_what_its_mode_does_not_allow) {
    File out = co_await files::open("a.txt", "w");
    CO_EXPECT_RAISES(co_await out.read(), UnsupportedOperation);
    File in = co_await files::open("a.txt");
    CO_EXPECT_RAISES(co_await in.write("x"), UnsupportedOperation);
    CO_EXPECT_RAISES(co_await in.truncate(0), UnsupportedOperation);
}

FILES_TEST(File, is_of_no_use_once_closed) {
    File file = co_await files::open("a.txt", "w+");
    co_await file.close();
    co_await file.close();
    EXPECT_TRUE(file.closed());
    CO_EXPECT_RAISES(co_await file.read(), ValueError);
    CO_EXPECT_RAISES(co_await file.write("x"), ValueError);
    CO_EXPECT_RAISES(co_await file.seek(0), ValueError);
    CO_EXPECT_RAISES(co_await file.tell(), ValueError);
    CO_EXPECT_RAISES(co_await file.flush(), ValueError);
    CO_EXPECT_RAISES(file.fileno(), ValueError);
}

FILES_TEST(File, is_closed_with_its_scope_whatever_happens_in_it) {
    std::optional<File> kept;
    try {
        co_await async_with(files::open("a.txt", "w"), [&](File& file) -> Coro<> {
            kept = file;
            co_await file.write("written");
            throw std::runtime_error("broken");
        });
        ADD_FAILURE() << "nothing raised";
    } catch (const std::runtime_error&) {
    }
    EXPECT_TRUE(kept->closed());
    EXPECT_EQ(content_of("a.txt"), "written");
}

FILES_TEST(File, is_closed_with_its_last_handle) {
    {
        File file = co_await files::open("a.txt", "w");
        const File another = file;
        co_await file.write("text");
    }
    EXPECT_EQ(content_of("a.txt"), "text");
}

FILES_TEST(File, a_read_outlives_the_handle_it_was_asked_of) {
    write_plainly("a.txt", "text");
    EXPECT_EQ(co_await (co_await files::open("a.txt")).read(), "text");
}

FILES_TEST(File, calls_on_one_file_are_done_one_at_a_time) {
    File file = co_await files::open("a.txt", "w");
    std::vector<Coro<std::size_t>> writes;
    for (char letter = 'a'; letter <= 'z'; ++letter)
        writes.push_back(file.write(std::string(10'000, letter)));
    co_await gather(std::move(writes));
    co_await file.close();
    const std::string written = content_of("a.txt");
    EXPECT_EQ(written.size(), 260'000u);
    std::set<char> seen;
    for (std::size_t at = 0; at < written.size(); at += 10'000) {
        EXPECT_EQ(written.substr(at, 10'000), std::string(10'000, written[at]));
        seen.insert(written[at]);
    }
    EXPECT_EQ(seen.size(), 26u);
}

FILES_TEST(File, a_cancelled_call_leaves_the_file_usable) {
    File file = co_await files::open("a.txt", "w");
    auto writing = create_task(file.write("never"));
    writing.cancel();
    CO_EXPECT_RAISES(co_await writing, CancelledError);
    co_await file.write("then");
    co_await file.close();
    EXPECT_EQ(content_of("a.txt"), "then");
}

FILES_TEST(File, many_are_open_at_once) {
    std::vector<Coro<>> all;
    for (int i = 0; i < 200; ++i) {
        all.push_back([](int number) -> Coro<> {
            const std::string name = "f" + std::to_string(number);
            co_await async_with(files::open(name, "w"),
                                [&](File& file) -> Coro<> { co_await file.write(name); });
            co_await async_with(files::open(name),
                                [&](File& file) -> Coro<> { EXPECT_EQ(co_await file.read(), name); });
        }(i));
    }
    co_await gather(std::move(all));
    EXPECT_EQ((co_await files::listdir()).size(), 200u);
}

FILES_TEST(FileError, too_many_open_files_say_so_and_harm_nothing) {
    std::vector<File> open;
    std::exception_ptr error;
    try {
        for (int i = 0; i < 10'000; ++i) open.push_back(co_await files::open("a.txt", "a"));
    } catch (const OSError& refused) {
        EXPECT_EQ(refused.number(), EMFILE);
        EXPECT_GT(open.size(), 100u);
    }
    open.clear();
    co_await async_with(files::open("a.txt", "w"),
                        [](File& file) -> Coro<> { co_await file.write("still works"); });
    EXPECT_EQ(content_of("a.txt"), "still works");
}

FILES_TEST(FileError, a_missing_file_is_named) {
    try {
        co_await files::open("missing.txt");
        ADD_FAILURE() << "nothing raised";
    } catch (const FileNotFoundError& error) {
        EXPECT_EQ(error.number(), ENOENT);
        EXPECT_EQ(error.filename(), "missing.txt");
        EXPECT_EQ(error.strerror(), "No such file or directory");
        EXPECT_EQ(error.what(), std::format("[Errno {}] No such file or directory: 'missing.txt'", ENOENT));
    }
    CO_EXPECT_RAISES(co_await files::open("missing/a.txt", "w"), FileNotFoundError);
    CO_EXPECT_RAISES(co_await files::open(""), FileNotFoundError);
}

FILES_TEST(FileError, a_directory_is_no_file) {
    co_await files::mkdir("d");
    CO_EXPECT_RAISES(co_await files::open("d"), IsADirectoryError);
    CO_EXPECT_RAISES(co_await files::open("d", "w"), IsADirectoryError);
    CO_EXPECT_RAISES(co_await files::open("d", "r+"), IsADirectoryError);
    write_plainly("f", "");
    CO_EXPECT_RAISES(co_await files::open("f/a.txt", "w"), NotADirectoryError);
}

FILES_TEST(FileError, a_mode_that_is_none_is_told) {
    for (const char* mode : {"", "q", "rw", "r+w", "rr", "r++", "b", "+", "rbt", "wbb", "R", "r "})
        CO_EXPECT_RAISES(co_await files::open("a.txt", mode), ValueError);
    EXPECT_FALSE(co_await files::exists("a.txt"));
}

FILES_TEST(FileError, a_name_with_a_nul_is_no_name) {
    CO_EXPECT_RAISES(co_await files::open(std::string("a\0b", 3), "w"), ValueError);
    CO_EXPECT_RAISES(co_await files::remove(std::string("a\0b", 3)), ValueError);
    EXPECT_TRUE((co_await files::listdir()).empty());
}

FILES_TEST(FileError, a_seek_before_the_beginning_changes_nothing) {
    write_plainly("a.txt", "text");
    File file = co_await files::open("a.txt");
    EXPECT_EQ(co_await file.read(2), "te");
    try {
        co_await file.seek(-1);
        ADD_FAILURE() << "nothing raised";
    } catch (const OSError& error) {
        EXPECT_EQ(error.number(), EINVAL);
    }
    EXPECT_EQ(co_await file.read(), "xt");
}

} // namespace
} // namespace asyncio::test
