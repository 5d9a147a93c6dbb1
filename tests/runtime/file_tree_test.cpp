#include "files_support.hpp"

#include <cerrno>

namespace asyncio::test {
namespace {

FILES_TEST(FileTree, lists_names_in_order) {
    for (const char* name : {"b", "a", ".hidden", "c"}) write_plainly(name, "");
    EXPECT_EQ(co_await files::listdir(), (Log{".hidden", "a", "b", "c"}));
    co_await files::mkdir("d");
    EXPECT_EQ(co_await files::listdir("d"), Log{});
    CO_EXPECT_RAISES(co_await files::listdir("missing"), FileNotFoundError);
    CO_EXPECT_RAISES(co_await files::listdir("a"), NotADirectoryError);
}

FILES_TEST(FileTree, tells_of_a_file) {
    const auto before = std::chrono::system_clock::now() - std::chrono::seconds(2);
    write_plainly("a.txt", "12345");
    co_await files::mkdir("d");
    const files::Stat file = co_await files::stat("a.txt");
    EXPECT_EQ(file.size, 5u);
    EXPECT_TRUE(file.is_file());
    EXPECT_FALSE(file.is_dir());
    EXPECT_GT(file.mtime, before);
    EXPECT_LT(file.mtime, before + std::chrono::minutes(1));
    EXPECT_TRUE((co_await files::stat("d")).is_dir());
    EXPECT_EQ(co_await files::getsize("a.txt"), 5u);
    CO_EXPECT_RAISES(co_await files::stat("missing"), FileNotFoundError);
    CO_EXPECT_RAISES(co_await files::getsize("missing"), FileNotFoundError);
}

FILES_TEST(FileTree, tells_what_is_there) {
    write_plainly("f", "");
    co_await files::mkdir("d");
    EXPECT_TRUE(co_await files::exists("f"));
    EXPECT_TRUE(co_await files::exists("d"));
    EXPECT_FALSE(co_await files::exists("missing"));
    EXPECT_FALSE(co_await files::exists(""));
    EXPECT_TRUE(co_await files::isfile("f"));
    EXPECT_FALSE(co_await files::isfile("d"));
    EXPECT_TRUE(co_await files::isdir("d"));
    EXPECT_FALSE(co_await files::isdir("f"));
}

FILES_TEST(FileTree, renames_and_replaces) {
    write_plainly("a", "a");
    write_plainly("b", "b");
    co_await files::rename("a", "c");
    EXPECT_EQ(co_await files::listdir(), (Log{"b", "c"}));
    co_await files::replace("b", "c");
    EXPECT_EQ(co_await files::listdir(), Log{"c"});
    EXPECT_EQ(content_of("c"), "b");
    try {
        co_await files::rename("missing", "d");
        ADD_FAILURE() << "nothing raised";
    } catch (const FileNotFoundError& error) {
        EXPECT_EQ(error.filename(), "missing");
        EXPECT_EQ(error.filename2(), "d");
        EXPECT_TRUE(std::string(error.what()).ends_with("'missing' -> 'd'"));
    }
}

FILES_TEST(FileTree, moves_a_directory_with_all_in_it) {
    co_await files::makedirs("a/b");
    write_plainly("a/b/c", "c");
    co_await files::rename("a", "z");
    EXPECT_EQ(content_of("z/b/c"), "c");
    EXPECT_FALSE(co_await files::exists("a"));
}

FILES_TEST(FileTree, removes_files_and_empty_directories) {
    write_plainly("f", "");
    co_await files::makedirs("d/e");
    CO_EXPECT_RAISES(co_await files::remove("missing"), FileNotFoundError);
    CO_EXPECT_RAISES(co_await files::remove("d"), IsADirectoryError);
    CO_EXPECT_RAISES(co_await files::rmdir("f"), NotADirectoryError);
    CO_EXPECT_RAISES(co_await files::rmdir("missing"), FileNotFoundError);
    try {
        co_await files::rmdir("d");
        ADD_FAILURE() << "nothing raised";
    } catch (const OSError& error) {
        EXPECT_EQ(error.number(), ENOTEMPTY);
    }
    co_await files::unlink("f");
    co_await files::rmdir("d/e");
    co_await files::rmdir("d");
    EXPECT_EQ(co_await files::listdir(), Log{});
}

FILES_TEST(FileTree, makes_directories) {
    co_await files::mkdir("d");
    CO_EXPECT_RAISES(co_await files::mkdir("d"), FileExistsError);
    CO_EXPECT_RAISES(co_await files::mkdir("missing/d"), FileNotFoundError);
    co_await files::makedirs("d/e/f");
    EXPECT_TRUE(co_await files::isdir("d/e/f"));
    CO_EXPECT_RAISES(co_await files::makedirs("d/e/f"), FileExistsError);
    co_await files::makedirs("d/e/f", {.exist_ok = true});
    co_await files::makedirs("./d/e/g/", {.exist_ok = true});
    EXPECT_EQ(co_await files::listdir("d/e"), (Log{"f", "g"}));
    write_plainly("file", "");
    CO_EXPECT_RAISES(co_await files::makedirs("file", {.exist_ok = true}), FileExistsError);
    CO_EXPECT_RAISES(co_await files::makedirs("file/d"), NotADirectoryError);
}

FILES_TEST(FileTree, removes_a_whole_tree) {
    co_await files::makedirs("a/b/c");
    write_plainly("a/f", "");
    write_plainly("a/b/.g", "");
    co_await files::rmtree("a");
    EXPECT_EQ(co_await files::listdir(), Log{});
    CO_EXPECT_RAISES(co_await files::rmtree("a"), FileNotFoundError);
}

FILES_TEST(FileTree, knows_where_it_is) {
    EXPECT_EQ(co_await files::getcwd(), std::filesystem::current_path().string());
}

FILES_TEST(Glob, finds_names_by_a_pattern) {
    for (const char* name : {"a.txt", "b.txt", "c.md", "ab.txt", ".d.txt"}) write_plainly(name, "");
    EXPECT_EQ(co_await files::glob("*.txt"), (Log{"a.txt", "ab.txt", "b.txt"}));
    EXPECT_EQ(co_await files::glob("?.*"), (Log{"a.txt", "b.txt", "c.md"}));
    EXPECT_EQ(co_await files::glob("[!ab].md"), Log{"c.md"});
    EXPECT_EQ(co_await files::glob("[a-b].txt"), (Log{"a.txt", "b.txt"}));
    EXPECT_EQ(co_await files::glob(".*"), Log{".d.txt"});
    EXPECT_EQ(co_await files::glob("a.txt"), Log{"a.txt"});
    EXPECT_EQ(co_await files::glob("missing*"), Log{});
    EXPECT_EQ(co_await files::glob(""), Log{});
}

FILES_TEST(Glob, goes_down_directories) {
    co_await files::makedirs("a/b");
    co_await files::makedirs("c/.hidden");
    for (const char* name : {"top.txt", "a/one.txt", "a/b/two.txt", "c/three.txt", "c/.hidden/four.txt"})
        write_plainly(name, "");
    EXPECT_EQ(co_await files::glob("*/*.txt"), (Log{"a/one.txt", "c/three.txt"}));
    EXPECT_EQ(co_await files::glob("*/"), (Log{"a/", "c/"}));
    EXPECT_EQ(co_await files::glob("**/*.txt", {.recursive = true}),
              (Log{"a/b/two.txt", "a/one.txt", "c/three.txt", "top.txt"}));
    EXPECT_EQ(co_await files::glob("a/**", {.recursive = true}),
              (Log{"a/", "a/b", "a/b/two.txt", "a/one.txt"}));
    EXPECT_EQ(co_await files::glob("*.txt", {.root_dir = "a"}), Log{"one.txt"});
    const std::string here = std::filesystem::current_path().string();
    EXPECT_EQ(co_await files::glob(here + "/c/*"), Log{here + "/c/three.txt"});
}

} // namespace
} // namespace asyncio::test
