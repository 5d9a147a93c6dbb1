// What C and C++ programs expect of the system around them, for a run each.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <print>
#include <string>

namespace {

// Files that are appended to

std::string content_of(const char* name) {
    std::ifstream file(name);
    return {std::istreambuf_iterator<char>(file), {}};
}

void make_file(const char* name) { std::ofstream(name) << "0123456789"; }

void append_with_stdio() {
    make_file("t");
    std::FILE* file = std::fopen("t", "a");
    std::print("{}", std::ftell(file));
    std::fputs("A", file);
    std::print(" {}", std::ftell(file));
    std::fseek(file, 0, SEEK_SET);
    std::fputs("B", file);
    std::print(" {}", std::ftell(file));
    file = std::freopen("t", "ab", file);
    std::println(" {} {}", std::ftell(file), content_of("t"));
    std::fclose(file);
}

void append_and_read_with_stdio() {
    make_file("t");
    std::FILE* file = std::fopen("t", "a+");
    char text[4] = {};
    std::rewind(file);
    std::fread(text, 1, 3, file);
    std::fseek(file, 2, SEEK_SET);
    std::fputs("C", file);
    std::print("{} {}", text, std::ftell(file));
    std::rewind(file);
    std::fread(text, 1, 3, file);
    std::fclose(file);
    std::println(" {} {}", text, content_of("t"));
}

void append_with_streams() {
    make_file("t");
    std::ofstream out("t", std::ios::app);
    std::print("{}", static_cast<long>(out.tellp()));
    out << "D";
    out.seekp(0);
    out << "E";
    std::print(" {}", static_cast<long>(out.tellp()));
    out.close();
    std::println(" {}", content_of("t"));
}

void append_with_descriptors() {
    make_file("t");
    const int one = open("t", O_RDWR | O_APPEND);
    const int other = open("t", O_WRONLY | O_APPEND);
    write(one, "a", 1);
    write(other, "b", 1);
    lseek(one, 2, SEEK_SET);
    write(one, "c", 1);
    std::print("{}", lseek(one, 0, SEEK_CUR));
    char text[3] = {};
    lseek(one, 0, SEEK_SET);
    read(one, text, 2);
    close(one);
    close(other);
    std::println(" {} {}", text, content_of("t"));
}

const std::map<std::string, std::function<void()>> cases{
    {"append and read with stdio", append_and_read_with_stdio},
    {"append with descriptors", append_with_descriptors},
    {"append with stdio", append_with_stdio},
    {"append with streams", append_with_streams},
};

} // namespace

int main(int, char** argv) { cases.at(argv[1])(); }
