// Other orders: a queue that gives the most urgent first, and one that gives the newest
#include <asyncio.hpp>
#include <print>

struct Patient {
    int urgency; // 1 is the most urgent
    std::string name;
    auto operator<=>(const Patient&) const = default;
};

asyncio::Coro<> doctor(asyncio::PriorityQueue<Patient>& waiting) {
    for (;;) {
        const Patient patient = co_await waiting.get();
        std::println("next: {} ({})", patient.name, patient.urgency);
        waiting.task_done();
    }
}

asyncio::Coro<> amain() {
    asyncio::PriorityQueue<Patient> waiting;
    waiting.put_nowait({3, "cough"});
    waiting.put_nowait({1, "snake bite"});
    waiting.put_nowait({2, "broken arm"});
    auto working = asyncio::create_task(doctor(waiting));
    co_await waiting.join();
    working.cancel();

    asyncio::LifoQueue<std::string> desk;
    for (std::string letter : {"Monday's", "Tuesday's", "Wednesday's"}) desk.put_nowait(letter);
    while (!desk.empty()) std::println("read {} letter", co_await desk.get());
}

int main() {
    asyncio::run(amain());
}
