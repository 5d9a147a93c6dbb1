import type { Project } from '../../project/project.js';

export function sameProject(one: Project, other: Project): boolean {
  return one.title === other.title && sameContent(one, other);
}

/** Ignores their titles. */
export function sameContent(one: Project, other: Project): boolean {
  return (
    one.stdin === other.stdin &&
    one.files.length === other.files.length &&
    one.files.every(({ name, text }, index) => name === other.files[index]?.name && text === other.files[index].text) &&
    one.options.standard === other.options.standard &&
    one.options.optimisation === other.options.optimisation &&
    one.options.warnings === other.options.warnings &&
    one.options.clock === other.options.clock &&
    one.options.seed === other.options.seed
  );
}
